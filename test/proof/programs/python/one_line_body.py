import json

from openai import OpenAI

client = OpenAI()

def ask(q): return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": q}])

for q in ["up?", "down?", "sideways?"]: print(json.dumps({"item": q, "answer": ask(q).choices[0].message.content}))
