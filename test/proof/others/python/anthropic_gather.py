import asyncio
import json

from anthropic import AsyncAnthropic

client = AsyncAnthropic()
essays = ["Essay 1", "Essay 2", "Essay 3"]


async def main() -> None:
    messages = await asyncio.gather(
        *(
            client.messages.create(
                model="claude-haiku-4-5",
                max_tokens=64,
                messages=[{"role": "user", "content": essay}],
            )
            for essay in essays
        )
    )
    for essay, message in zip(essays, messages):
        answer = "".join(block.text for block in message.content if block.type == "text")
        print(json.dumps({"item": essay, "answer": answer}))


asyncio.run(main())
