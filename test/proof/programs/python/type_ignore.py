import json

from openai import OpenAI

client = OpenAI()


def tag(post: str, mood: str) -> str:
    history = [{"role": "system", "content": mood}, {"role": "user", "content": post}]
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=history,  # type: ignore[arg-type]
    )
    return response.choices[0].message.content or ""


for post in ["Monday again", "Friday at last", "Sunday walk"]:
    print(json.dumps({"item": post, "answer": tag(post, "calm")}))
