import asyncio
import json

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def grade(essay: str) -> None:
    response = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": essay}],
    )
    print(json.dumps({"item": essay, "answer": response.choices[0].message.content}))


async def main() -> None:
    essays = [f"Essay {number}" for number in range(1, 6)]
    await asyncio.gather(*(grade(essay) for essay in essays))


asyncio.run(main())
