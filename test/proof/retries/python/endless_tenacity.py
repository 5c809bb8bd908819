import json

from openai import OpenAI
from tenacity import retry

client = OpenAI(max_retries=0)


@retry
def ask(question):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])


print(json.dumps({"item": "first", "answer": ask("first").choices[0].message.content}))
