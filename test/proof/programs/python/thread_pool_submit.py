import concurrent.futures
import json

from openai import OpenAI

client = OpenAI()


def caption(place: str) -> str:
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": place}],
    )
    return response.choices[0].message.content or ""


with concurrent.futures.ThreadPoolExecutor(
    max_workers=20,
    thread_name_prefix="caption",
) as pool:
    futures = {
        pool.submit(caption, place): place for place in ["Oslo", "Lima", "Cairo", "Quito", "Delhi", "Seoul"]
    }
    for future in concurrent.futures.as_completed(futures):
        print(json.dumps({"item": futures[future], "answer": future.result()}))
