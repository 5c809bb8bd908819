import json

from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def ask(question):
    while True:
        try:
            return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])
        except RateLimitError:
            print("refused")


print(json.dumps({"item": "first", "answer": ask("first").choices[0].message.content}))
