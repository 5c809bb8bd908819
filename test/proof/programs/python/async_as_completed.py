import asyncio
import json

from openai import AsyncOpenAI


class Reviewer:
    def __init__(self):
        self.client = AsyncOpenAI()

    async def review(self, title):
        response = await self.client.chat.completions.create(
            model="gpt-4o-mini", messages=[{"role": "user", "content": title}]
        )
        return title, response.choices[0].message.content

    async def review_all(self, titles):
        for done in asyncio.as_completed([self.review(title) for title in titles]):
            title, text = await done
            print(json.dumps({"item": title, "answer": text}))


asyncio.run(Reviewer().review_all(["Dune", "Emma", "Ulysses", "Dracula", "Beloved", "Hamlet"]))
