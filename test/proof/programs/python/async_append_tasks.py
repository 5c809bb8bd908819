import asyncio
import json
from typing import List

from openai import AsyncOpenAI


async def name_product(client: AsyncOpenAI, idea: str) -> str:
    response = await client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": idea}],
    )
    return response.choices[0].message.content or ""


async def main(groups: List[List[str]]) -> None:
    client = AsyncOpenAI()
    tasks = []
    # Group by group, all in flight together.
    for group in groups:
        for idea in group:
            tasks.append(asyncio.ensure_future(asyncio.wait_for(name_product(client, idea), timeout=60)))
    ideas = [idea for group in groups for idea in group]
    for idea, name in zip(ideas, await asyncio.gather(*tasks)):
        print(json.dumps({"item": idea, "answer": name}))


asyncio.run(main([["a lamp", "a chair"], ["a kettle", "a pan", "a bowl"], ["a coat"]]))
