import asyncio
import json

from openai import AsyncOpenAI


async def main() -> None:
    client = AsyncOpenAI()
    symptoms = ["cough", "fever", "rash"]
    notes = [
        (await client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": symptom}]))
        .choices[0]
        .message.content
        for symptom in symptoms
    ]
    for symptom, note in zip(symptoms, notes):
        print(json.dumps({"item": symptom, "answer": note}))


asyncio.run(main())
