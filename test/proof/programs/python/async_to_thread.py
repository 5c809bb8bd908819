import asyncio
import json

from openai import OpenAI

client = OpenAI()


def define(term: str) -> str:
    response = client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": term}]
    )
    return response.choices[0].message.content or ""


async def main() -> None:
    terms = ["osmosis", "entropy", "inertia", "torque", "plasma", "isotope"]
    texts = await asyncio.gather(*[asyncio.to_thread(define, term) for term in terms])
    for term, text in zip(terms, texts):
        print(json.dumps({"item": term, "answer": text}))


asyncio.run(main())
