import json

from openai import OpenAI

client = OpenAI()
answers = {}

for key in ["yes", "no", "maybe"]:
    for choice in client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": key}],
    ).choices:
        answers[key] = choice.message.content

for key, answer in answers.items():
    print(json.dumps({"item": key, "answer": answer}))
