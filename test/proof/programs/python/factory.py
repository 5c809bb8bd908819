import json
from functools import lru_cache

from openai import OpenAI


@lru_cache(maxsize=1)
def get_client() -> OpenAI:
    return OpenAI(timeout=60)


def ask(question: str) -> str:
    client = get_client()
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": question}],
    )
    return response.choices[0].message.content or ""


for question in ["Why is the sky blue?", "Why is grass green?", "Why is snow white?"]:
    print(json.dumps({"item": question, "answer": ask(question)}))
