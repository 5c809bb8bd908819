import json

from openai import OpenAI

client = OpenAI()


def ask(question: str) -> tuple[str, str | None]:
    raw = client.chat.completions.with_raw_response.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": question}],
    )
    remaining = raw.headers.get("x-ratelimit-remaining-requests")
    return raw.parse().choices[0].message.content or "", remaining


for question in ["One more?", "Two more?", "Three more?"]:
    answer, remaining = ask(question)
    assert remaining == "59"
    print(json.dumps({"item": question, "answer": answer}))
