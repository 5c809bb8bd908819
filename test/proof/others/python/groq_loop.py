import json

from groq import Groq

client = Groq()

for review in ["Great shoes", "Too small", "Arrived late"]:
    response = client.chat.completions.create(
        model="llama-3.3-70b-versatile",
        messages=[{"role": "user", "content": review}],
    )
    print(json.dumps({"item": review, "answer": response.choices[0].message.content}))
