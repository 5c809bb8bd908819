"""Translates all answers at the same time."""

import asyncio

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def translate(text: str, language: str) -> str:
    response = await client.responses.create(
        model="gpt-4o-mini",
        input=f"Translate into {language}: {text}",
    )
    return response.output_text


async def translate_all(texts: list[str], language: str) -> list[str]:
    return await asyncio.gather(*(translate(text, language) for text in texts))
