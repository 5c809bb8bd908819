import json

from openai import OpenAI

client = OpenAI()


def route(message: str) -> str:
    if not message:
        return "empty"
    elif client.moderations.create(model="omni-moderation-latest", input=message).results[0].flagged:
        return "blocked"
    else:
        return "accepted"


for message in ["Hello there", "Nice to meet you", "See you soon"]:
    print(json.dumps({"item": message, "answer": route(message)}))
