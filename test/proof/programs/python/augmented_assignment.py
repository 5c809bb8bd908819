import json

from openai import OpenAI

client = OpenAI()
story = ""
chapters = iter(["It began.", "It went on.", "It ended."])
answers = {}

for chapter in chapters:
    before = len(story)
    story += client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": chapter}],
    ).choices[0].message.content or ""
    answers[chapter] = story[before:]

for chapter, answer in answers.items():
    print(json.dumps({"item": chapter, "answer": answer}))
