import json

from openai import OpenAI


class Summarizer:
    def __init__(self, model: str = "gpt-4o-mini") -> None:
        self.client = OpenAI()
        self.model = model

    def summarize(self, text: str) -> str:
        """One sentence."""
        response = self.client.chat.completions.create(
            model=self.model,
            messages=[{"role": "user", "content": text}],
        )
        content = response.choices[0].message.content
        assert content is not None
        return content


summarizer = Summarizer()
for article in ["First article", "Second article", "Third article"]:
    print(json.dumps({"item": article, "answer": summarizer.summarize(article)}))
