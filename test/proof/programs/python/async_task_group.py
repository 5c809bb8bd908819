import asyncio
import json
import sys

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def translate(word: str) -> None:
    response = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": word}],
    )
    print(json.dumps({"item": word, "answer": response.choices[0].message.content}))


async def main() -> None:
    words = ["tree", "river", "stone", "cloud", "field", "shore"]
    if sys.version_info >= (3, 11):
        async with asyncio.TaskGroup() as group:
            for word in words:
                group.create_task(translate(word))
    else:
        await asyncio.gather(*(translate(word) for word in words))


asyncio.run(main())
