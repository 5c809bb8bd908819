import json

from openai import OpenAI

client = OpenAI()


def check(comments):
    for comment in comments:
        verdict = client.moderations.create(model="omni-moderation-latest", input=comment)
        print(json.dumps({"item": comment, "answer": verdict.results[0].flagged}))


check(["I like it", "I love it", "I need it"])
