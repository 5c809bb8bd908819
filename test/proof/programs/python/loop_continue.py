import json

from openai import OpenAI

client = OpenAI()
seen = set()

for url in ["a.example", "b.example", "a.example", "c.example", "stop", "d.example"]:
    if url in seen:
        continue
    if url == "stop":
        break
    seen.add(url)
    page = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": url}],
    )
    if not page.choices:
        continue
    print(json.dumps({"item": url, "answer": page.choices[0].message.content}))
else:
    raise SystemExit("never stopped")
