import json
from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI

client = OpenAI()


def review(patch: str) -> tuple[str, str]:
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": patch}],
    )
    return patch, response.choices[0].message.content or ""


with ThreadPoolExecutor(max_workers=4) as pool:
    for patch, comment in pool.map(review, ["fix.diff", "feature.diff", "docs.diff", "test.diff"]):
        print(json.dumps({"item": patch, "answer": comment}))
