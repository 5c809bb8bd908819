"""Summaries for the weekly report."""

from openai import OpenAI


class Summarizer:
    def __init__(self, model: str = "gpt-4o-mini") -> None:
        self.client = OpenAI()
        self.model = model

    def summarize(self, tickets: list[str]) -> str:
        response = self.client.chat.completions.create(
            model=self.model,
            messages=[
                {"role": "system", "content": "Summarize these tickets in three sentences."},
                {"role": "user", "content": "\n\n".join(tickets)},
            ],
        )
        return response.choices[0].message.content or ""
