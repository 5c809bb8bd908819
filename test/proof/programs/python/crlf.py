import json

from openai import OpenAI

client = OpenAI()

for color in ["red", "green", "blue"]:
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": color}],
    )
    print(json.dumps({"item": color, "answer": response.choices[0].message.content}))
