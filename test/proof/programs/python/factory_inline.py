import json

from openai import OpenAI


def make_client():
    return OpenAI()


for planet in ["Mars", "Venus", "Saturn"]:
    fact = make_client().chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": planet}]
    )
    print(json.dumps({"item": planet, "answer": fact.choices[0].message.content}))
