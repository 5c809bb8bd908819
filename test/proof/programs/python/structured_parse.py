import json

from openai import OpenAI
from pydantic import BaseModel


class Reply(BaseModel):
    answer: str


client = OpenAI()

for form in ["Form 1", "Form 2", "Form 3"]:
    completion = client.chat.completions.parse(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": form}],
        response_format=Reply,
    )
    reply = completion.choices[0].message.parsed
    print(json.dumps({"item": form, "answer": reply.answer if reply else None}))
