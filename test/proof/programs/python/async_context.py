import asyncio
import json

from openai import AsyncOpenAI


async def main() -> None:
    async with AsyncOpenAI() as client:
        for dish in ("soup", "salad", "stew"):
            recipe = await client.chat.completions.create(
                model="gpt-4o-mini",
                messages=[{"role": "user", "content": dish}],
            )
            print(json.dumps({"item": dish, "answer": recipe.choices[0].message.content}))


asyncio.run(main())
