import asyncio
import json

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def heartbeat() -> None:
    """Shows the user that the program is alive."""
    while True:
        print(json.dumps({"tick": True}), flush=True)
        await asyncio.sleep(0.1)


async def main() -> None:
    alive = asyncio.create_task(heartbeat())
    for chapter in ["Chapter one", "Chapter two"]:
        outline = await client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": chapter}],
        )
        print(json.dumps({"item": chapter, "answer": outline.choices[0].message.content}), flush=True)
    alive.cancel()


asyncio.run(main())
