import json
import os

import openai

openai.api_key = os.environ["OPENAI_API_KEY"]

for city in ["Paris", "Oslo", "Lima"]:
    response = openai.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": city}],
    )
    print(json.dumps({"item": city, "answer": response.choices[0].message.content}))
