import asyncio
import json
from typing import AsyncIterator

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def captions(photos: list[str]) -> AsyncIterator[tuple[str, str]]:
    for photo in photos:
        response = await client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": photo}],
        )
        yield photo, response.choices[0].message.content or ""


async def main() -> None:
    async for photo, caption in captions(["beach.jpg", "forest.jpg", "desert.jpg"]):
        print(json.dumps({"item": photo, "answer": caption}))


asyncio.run(main())
