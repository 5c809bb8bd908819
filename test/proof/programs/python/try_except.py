import json
import sys

from openai import OpenAI

client = OpenAI()


def convert(recipe: str) -> str:
    try:
        response = client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": recipe}],
        )
        return response.choices[0].message.content or ""
    except Exception as error:
        print(f"could not convert {recipe}: {error}", file=sys.stderr)
        raise


for recipe in ["Pancakes", "Waffles", "Crepes"]:
    print(json.dumps({"item": recipe, "answer": convert(recipe)}))
