import json

from openai import OpenAI

client = OpenAI()

for month in ["May", "June", "July"]:
    weather = client.chat.completions \
        .create(model="gpt-4o-mini", messages=[{"role": "user", "content": month}]) \
        .choices[0].message.content  # what people say
    print(json.dumps({"item": month, "answer": weather}))
