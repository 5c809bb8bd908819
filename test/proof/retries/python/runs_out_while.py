import json
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def ask(question):
    attempts = 0
    while attempts < 4:
        try:
            return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])
        except RateLimitError:
            attempts += 1
            time.sleep(0.02 * attempts)
    return None


print(json.dumps({"item": "first", "answer": str(ask("first"))}))
