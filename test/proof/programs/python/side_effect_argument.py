import json

from openai import OpenAI

client = OpenAI()
waiting = ["alpha", "beta", "gamma"]
done = []


def take() -> str:
    done.append(waiting.pop(0))
    return done[-1]


while waiting:
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": take()}],
    )
    print(json.dumps({"item": done[-1], "answer": response.choices[0].message.content}))

assert done == ["alpha", "beta", "gamma"]
