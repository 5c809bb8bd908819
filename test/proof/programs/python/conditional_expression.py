import json

from openai import OpenAI

client = OpenAI()
cache = {"known": "Answer to: known"}

for term in ["known", "unknown", "obscure"]:
    definition = (
        cache[term]
        if term in cache
        else client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": term}],
        ).choices[0].message.content
    )
    print(json.dumps({"item": term, "answer": definition}))
