import json
from openai import OpenAI

client = OpenAI()

def ask(prompt, really=True):
    reply = None
    if really: reply = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}])
    return reply

for prompt in ["high", "low", "middle"]:
    reply = ask(prompt)
    assert reply
    print(json.dumps({"item": prompt, "answer": reply.choices[0].message.content}))
