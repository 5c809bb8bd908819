import json
from random import random
from time import time

from openai import OpenAI


def main() -> None:
    client = OpenAI()
    started = time()
    for subject in ["maths", "music", "sport"]:
        exam = client.chat.completions.create(
            model="gpt-4o-mini",
            temperature=round(random(), 1),
            messages=[{"role": "user", "content": subject}],
        )
        print(json.dumps({"item": subject, "answer": exam.choices[0].message.content}))
    assert time() >= started


main()
