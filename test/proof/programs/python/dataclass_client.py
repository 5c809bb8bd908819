import json
from dataclasses import dataclass, field

from openai import OpenAI


@dataclass
class Assistant:
    model: str
    client: OpenAI = field(default_factory=OpenAI)

    def reply(self, text: str) -> str:
        return str(
            self.client.chat.completions.create(
                model=self.model,
                messages=[{"role": "user", "content": text}],
            ).choices[0].message.content
        )

    def __call__(self, text: str) -> dict[str, str]:
        return {"item": text, "answer": self.reply(text)}


assistant = Assistant("gpt-4o-mini")
for text in ["Knock knock", "Who is there", "The limit"]:
    print(json.dumps(assistant(text)))
