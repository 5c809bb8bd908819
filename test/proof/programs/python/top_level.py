import json

from openai import OpenAI

question = "How far is the moon?"
client = OpenAI(timeout=30.0)
answer = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])
print(json.dumps({"item": question, "answer": answer.choices[0].message.content}))
