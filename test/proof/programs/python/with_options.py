import json

from openai import OpenAI

client = OpenAI()


def classify(ticket: str) -> str:
    response = client.with_options(timeout=20.0).chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": ticket}],
    )
    return str(response.choices[0].message.content)


for ticket in ["Login fails", "Invoice is wrong", "Page is slow"]:
    print(json.dumps({"item": ticket, "answer": classify(ticket)}))
