import asyncio
import json
import time

from openai import AsyncOpenAI, RateLimitError

client = AsyncOpenAI(max_retries=0)


async def heartbeat() -> None:
    while True:
        print(json.dumps({"tick": True}), flush=True)
        await asyncio.sleep(0.1)


async def main() -> None:
    alive = asyncio.create_task(heartbeat())
    for attempt in range(4):
        try:
            answer = await client.responses.create(model="gpt-4o-mini", input="Great shoes")
            break
        except RateLimitError:
            time.sleep(2)
    else:
        raise SystemExit("busy")
    print(json.dumps({"item": "Great shoes", "answer": answer.output_text}), flush=True)
    alive.cancel()


asyncio.run(main())
