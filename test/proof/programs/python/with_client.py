import json

from openai import OpenAI

with OpenAI() as client:
    for line in ["To be or not to be", "All the world's a stage", "Now is the winter"]:
        result = client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": line}],
        )
        print(json.dumps({"item": line, "answer": result.choices[0].message.content}))
