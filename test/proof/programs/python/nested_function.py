import json

from openai import OpenAI


def main() -> None:
    client = OpenAI()

    def translate(word: str) -> str:
        completion = client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": word}],
            temperature=0,
        )
        return completion.choices[0].message.content or ""

    for word in ("tree", "river", "cloud"):
        print(json.dumps({"item": word, "answer": translate(word)}))


main()
