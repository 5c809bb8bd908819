import asyncio
import json

from openai import AsyncOpenAI


class Extractor:
    def __init__(self) -> None:
        self._client = AsyncOpenAI()
        self._slots = asyncio.Semaphore(2)

    async def extract(self, page: str) -> str:
        async with self._slots:
            result = await self._client.chat.completions.create(
                model="gpt-4o-mini",
                messages=[{"role": "user", "content": page}],
            )
        return result.choices[0].message.content or ""


async def main() -> None:
    extractor = Extractor()
    pages = ["Page A", "Page B", "Page C", "Page D"]
    for page, fields in zip(pages, await asyncio.gather(*map(extractor.extract, pages))):
        print(json.dumps({"item": page, "answer": fields}))


asyncio.run(main())
