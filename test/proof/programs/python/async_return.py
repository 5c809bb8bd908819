import asyncio
import json

from openai import AsyncOpenAI


async def complete(client: AsyncOpenAI, prompt: str):
    return await client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}]
    )


async def main():
    client = AsyncOpenAI()
    for prompt in ["Write a title", "Write a tagline", "Write a slogan"]:
        completion = await complete(client, prompt)
        print(json.dumps({"item": prompt, "answer": completion.choices[0].message.content}))


if __name__ == "__main__":
    asyncio.run(main())
