import json

from openai import OpenAI

client = OpenAI()


def label_all(texts):
    return {
        text: client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": text}],
        ).choices[0].message.content
        for text in texts
    }


for text, label in label_all(["spam?", "invoice", "newsletter"]).items():
    print(json.dumps({"item": text, "answer": label}))
