import json

from openai import OpenAI

client = OpenAI()

for subject in ["waves", "stars", "roots"]:
    stream = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": subject}],
        stream=True,
    )
    text = ""
    for event in stream:
        if event.choices[0].delta.content is not None:
            text += event.choices[0].delta.content
    print(json.dumps({"item": subject, "answer": text}))
