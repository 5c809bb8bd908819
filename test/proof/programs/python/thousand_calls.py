import json
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])

for number in range(1000):
    reply = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": "Good morning"}]
    )  # a thousand greetings, as quickly as they go
    print(json.dumps({"item": number, "answer": reply.choices[0].message.content}))
