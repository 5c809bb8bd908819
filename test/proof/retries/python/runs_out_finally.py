import json
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def ask(question):
    left = 4
    while left > 0:
        try:
            return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])
        except RateLimitError as error:
            print("refused", error.status_code)
        finally:
            left -= 1


print(json.dumps({"item": "first", "answer": str(ask("first"))}))
