import json

from openai import OpenAI
from tenacity import retry, stop_after_attempt, wait_random_exponential

client = OpenAI(max_retries=0)


@retry(stop=stop_after_attempt(4), wait=wait_random_exponential(multiplier=0.01, max=0.05), reraise=True)
def ask(question):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])


print(json.dumps({"item": "first", "answer": ask("first").choices[0].message.content}))
