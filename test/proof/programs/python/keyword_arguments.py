import json
from typing import Any

from openai import OpenAI

client = OpenAI()
defaults: dict[str, Any] = {"model": "gpt-4o-mini", "temperature": 0}


def run(prompt: str, **options: Any) -> Any:
    return client.chat.completions.create(messages=[{"role": "user", "content": prompt}], **{**defaults, **options})


for prompt in ["Fix the typo", "Fix the tone", "Fix the title"]:
    print(json.dumps({"item": prompt, "answer": run(prompt, top_p=0.5).choices[0].message.content}))
