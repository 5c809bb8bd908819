import asyncio
import json

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def tell(topic: str) -> str:
    story = ""
    stream = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": topic}],
        stream=True,
    )
    async for chunk in stream:
        story += chunk.choices[0].delta.content or ""
    return story


async def main() -> None:
    for topic in ["dragons", "robots", "pirates"]:
        print(json.dumps({"item": topic, "answer": await tell(topic)}))


asyncio.run(main())
