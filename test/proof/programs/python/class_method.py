import json

from openai import OpenAI


class Prompts:
    client = OpenAI()

    @classmethod
    def ask(cls, question: str) -> str:
        return cls._text(cls.client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": question}],
        ))

    @staticmethod
    def _text(completion) -> str:
        return completion.choices[0].message.content


for question in ["In?", "Out?", "Through?"]:
    print(json.dumps({"item": question, "answer": Prompts.ask(question)}))
