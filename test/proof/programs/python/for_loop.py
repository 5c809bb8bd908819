import json

from openai import OpenAI

client = OpenAI()

# Each review becomes one line of the report.
reviews = ["Great shoes", "Too small", "Arrived late"]

for review in reviews:
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "system", "content": "Name the sentiment in one word."},
            {"role": "user", "content": review},
        ],
    )
    print(json.dumps({"item": review, "answer": response.choices[0].message.content}))
