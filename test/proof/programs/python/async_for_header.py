import asyncio
import json

from openai import AsyncOpenAI


async def main() -> None:
    client = AsyncOpenAI()
    for topic in ["tides", "winds", "clouds"]:
        parts: list[str] = []
        async for chunk in await client.chat.completions.create(
            model="gpt-4o-mini", messages=[{"role": "user", "content": topic}], stream=True
        ):
            parts.append(chunk.choices[0].delta.content or "")
        print(json.dumps({"item": topic, "answer": "".join(parts)}))


asyncio.run(main())
