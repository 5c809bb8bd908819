import json

from openai import OpenAI

client = OpenAI()


def ask(question: str) -> tuple[str, int]:
    reply, length = client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": question}]
    ), len(question)
    return reply.choices[0].message.content or "", length


for question in ["How long?", "How wide?", "How deep?"]:
    text, length = ask(question)
    assert length == 9
    print(json.dumps({"item": question, "answer": text}))
