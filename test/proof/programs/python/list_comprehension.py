import json

from openai import OpenAI

client = OpenAI()
words = ["cat", "dog", "bird"]

replies = [
    client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": word}])
    for word in words
]

for word, reply in zip(words, replies):
    print(json.dumps({"item": word, "answer": reply.choices[0].message.content}))
