import json
from typing import Iterator

from openai import OpenAI

client = OpenAI()


def answers(questions: list[str]) -> Iterator[str]:
    for question in questions:
        yield client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": question}],
        ).choices[0].message.content or ""


questions = ["Who wrote it?", "Who read it?", "Who sold it?"]
for question, answer in zip(questions, answers(questions)):
    print(json.dumps({"item": question, "answer": answer}))
