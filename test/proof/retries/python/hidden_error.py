import json

from openai import OpenAI, RateLimitError
from tenacity import retry, stop_after_attempt, wait_fixed

client = OpenAI(max_retries=0)


@retry(stop=stop_after_attempt(3), wait=wait_fixed(0.02))
def ask(question):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])


try:
    answer = ask("first").choices[0].message.content
except RateLimitError:
    answer = "busy"
print(json.dumps({"item": "first", "answer": answer}))
