import asyncio
import json

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def narrate(scene: str) -> str:
    spoken: list[str] = []
    async with client.chat.completions.stream(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": scene}],
    ) as stream:
        async for event in stream:
            if event.type == "content.delta":
                spoken.append(event.delta)
    return "".join(spoken)


async def main() -> None:
    for scene in ["A quiet harbour", "A crowded market", "An empty theatre"]:
        print(json.dumps({"item": scene, "answer": await narrate(scene)}))


asyncio.run(main())
