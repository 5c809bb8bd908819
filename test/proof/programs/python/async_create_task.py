import asyncio
import json

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def main() -> None:
    tasks = {}
    for headline in ["Rain tomorrow", "Team wins", "Prices fall"]:
        tasks[headline] = asyncio.create_task(
            client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": headline}])
        )
    for headline, task in tasks.items():
        article = await task
        print(json.dumps({"item": headline, "answer": article.choices[0].message.content}))


asyncio.run(main())
