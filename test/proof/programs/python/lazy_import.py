import json


def ask(question: str) -> str:
    from openai import OpenAI

    client = OpenAI()
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": question}],
    )
    return response.choices[0].message.content or ""


for question in ["Now?", "Later?", "Never?"]:
    print(json.dumps({"item": question, "answer": ask(question)}))
