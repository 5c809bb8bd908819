import json

from openai import OpenAI

client = OpenAI()


def vet(text: str) -> None:
    assert client.moderations.create(model="omni-moderation-latest", input=text).results
    print(json.dumps({"item": text, "answer": True}))


for text in ["ours", "theirs", "yours"]:
    vet(text)
