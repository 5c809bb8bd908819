import json

from openai import OpenAI

client = OpenAI()

for café in ["Café Zürich", "Café Łódź", "Café 東京"]:
    avis = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": café}],
    )
    print(json.dumps({"item": café, "answer": avis.choices[0].message.content}))
