import asyncio
import json

from openai import AsyncOpenAI


async def main() -> None:
    client = AsyncOpenAI()
    names = ["Ada", "Grace", "Edsger", "Barbara"]
    greetings = await asyncio.gather(
        *[
            client.chat.completions.create(
                model="gpt-4o-mini",
                messages=[{"role": "user", "content": name}],
            )
            for name in names
        ]
    )
    for name, greeting in zip(names, greetings):
        print(json.dumps({"item": name, "answer": greeting.choices[0].message.content}))


asyncio.run(main())
