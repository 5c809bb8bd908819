import json
import time

from openai import OpenAI

client = OpenAI()
durations = []

for lesson in ["Lesson 1", "Lesson 2", "Lesson 3"]:
    started = time.monotonic()
    try:
        quiz = client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": lesson}],
        )
    finally:
        durations.append(time.monotonic() - started)
    print(json.dumps({"item": lesson, "answer": quiz.choices[0].message.content}))

assert len(durations) == 3
