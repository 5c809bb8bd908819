import json

from openai import OpenAI

client = OpenAI()
queue = ["first job", "second job", "third job"]

while queue and (reply := client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": queue[0]}],
)):
    print(json.dumps({"item": queue.pop(0), "answer": reply.choices[0].message.content}))
