import json

from openai import OpenAI
from tenacity import retry, stop_after_attempt, wait_fixed

client = OpenAI(max_retries=0)


@retry(stop=stop_after_attempt(5), wait=wait_fixed(1), reraise=True)
def ask(question):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])


print(json.dumps({"item": "first", "answer": ask("first").choices[0].message.content}))
