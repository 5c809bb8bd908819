import asyncio
import json

from groq import AsyncGroq

client = AsyncGroq()


async def grade(essay: str) -> None:
    response = await client.chat.completions.create(
        model="llama-3.3-70b-versatile",
        messages=[{"role": "user", "content": essay}],
    )
    print(json.dumps({"item": essay, "answer": response.choices[0].message.content}))


async def main() -> None:
    await asyncio.gather(*(grade(essay) for essay in ["Essay 1", "Essay 2", "Essay 3"]))


asyncio.run(main())
