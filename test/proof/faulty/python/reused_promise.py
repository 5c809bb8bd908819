import asyncio
import json

from openai import AsyncOpenAI, RateLimitError

client = AsyncOpenAI(max_retries=0)


async def ask(text: str) -> str:
    answer = client.responses.create(
        model="gpt-4o-mini",
        input=text,
    )
    for attempt in range(4):
        try:
            return (await answer).output_text
        except RateLimitError:
            await asyncio.sleep(0.05 * 2**attempt)
    raise SystemExit("busy")


async def main() -> None:
    print(json.dumps({"item": "Great shoes", "answer": await ask("Great shoes")}))


asyncio.run(main())
