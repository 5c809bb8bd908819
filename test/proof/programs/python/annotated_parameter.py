from __future__ import annotations

import json

from openai import OpenAI


def rephrase(client: OpenAI, sentence: str) -> str | None:
    completion = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": sentence}],
    )
    return completion.choices[0].message.content


def main(client: OpenAI) -> None:
    for sentence in ["It rains.", "It snows.", "It shines."]:
        print(json.dumps({"item": sentence, "answer": rephrase(client, sentence)}))


if __name__ == "__main__":
    main(OpenAI())
