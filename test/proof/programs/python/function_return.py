"""Answers the questions of the help desk."""
import json
from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": question}],
    ).choices[0].message.content


if __name__ == "__main__":
    for question in ["Where is my order?", "How do I return it?", "Who pays for that?"]:
        print(json.dumps({"item": question, "answer": ask(question)}))
