from openai import AsyncOpenAI, OpenAI
async def awaits_nothing(request):﻿
    return await async_client.chat.completions.create(**request)