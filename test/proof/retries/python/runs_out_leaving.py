import json
import time

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def ask(question):
    tries = 0
    while True:
        try:
            return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])
        except RateLimitError:
            tries += 1
            if tries > 3:
                return None
            time.sleep(0.02)


print(json.dumps({"item": "first", "answer": str(ask("first"))}))
