import json

from openai import OpenAI

client = OpenAI()
questions = ["2 + 2?", "3 * 3?", "10 / 5?"]

ask = lambda question: client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": question}]
)

for question, completion in zip(questions, map(ask, questions)):
    print(json.dumps({"item": question, "answer": completion.choices[0].message.content}))
