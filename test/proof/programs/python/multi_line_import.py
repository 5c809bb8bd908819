import json
from openai import (
    APIConnectionError,  # for the start-up check
    OpenAI,
)


def answer(client: OpenAI, question: str) -> str:
    try:
        return (
            client.chat.completions.create(
                model="gpt-4o-mini",
                messages=[{"role": "user", "content": question}],
            )
            .choices[0]
            .message.content
            or ""
        )
    except APIConnectionError:
        raise SystemExit("no connection")


client = OpenAI()
for question in ["What is it?", "Where is it?", "When is it?"]:
    print(json.dumps({"item": question, "answer": answer(client, question)}))
