import json
import sys

from openai import OpenAI

client = OpenAI()


def main() -> None:
    for prompt in ["A haiku", "A limerick", "A sonnet"]:
        poem = []
        for chunk in client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": prompt}],
            stream=True,
        ):
            piece = chunk.choices[0].delta.content
            if piece:
                sys.stderr.write(piece)
                poem.append(piece)
        print(json.dumps({"item": prompt, "answer": "".join(poem)}))


main()
