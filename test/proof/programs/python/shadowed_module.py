import json

import openai

openai = openai.OpenAI()

for route in ["north", "south", "east"]:
    response = openai.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": route}],
    )
    print(json.dumps({"item": route, "answer": response.choices[0].message.content}))
