import json

from openai import OpenAI

client = OpenAI()
known = {"one": "Answer to: one"}


def spell(number: str) -> str:
    return known.get(number) or client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": number}]
    ).choices[0].message.content or "unknown"


for number in ["one", "two", "three"]:
    print(json.dumps({"item": number, "answer": spell(number)}))
