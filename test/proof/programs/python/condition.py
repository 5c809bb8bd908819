import json

from openai import OpenAI

client = OpenAI()


def is_answered(question: str) -> bool:
    if client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": question}],
    ).choices[0].message.content:
        return True
    return False


for question in ["Is it open?", "Is it free?", "Is it near?"]:
    print(json.dumps({"item": question, "answer": is_answered(question)}))
