import asyncio
import json

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def describe(animal: str) -> str:
    response = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": animal}],
    )
    return response.choices[0].message.content or ""


async def main() -> None:
    for animal in ["otter", "heron", "newt"]:
        print(json.dumps({"item": animal, "answer": await describe(animal)}))


asyncio.run(main())
