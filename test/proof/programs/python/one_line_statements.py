import json
from openai import OpenAI

client = OpenAI()

for item in ["salt", "pepper", "thyme"]:
    prompt = item + "?"; reply = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}])
    if reply.choices: answer = reply.choices[0].message.content; print(json.dumps({"item": prompt, "answer": answer}))
