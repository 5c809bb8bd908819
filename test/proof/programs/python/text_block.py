import json

from openai import OpenAI

client = OpenAI()


class Writer:
    def letter(self, name):
        if name:
            response = client.chat.completions.create(
                model="gpt-4o-mini",
                messages=[
                    {"role": "user", "content": f"""Dear {name},
  two spaces,
no space,
        eight spaces.
"""},
                ],
            )
            return response.choices[0].message.content
        return None


for name in ["Ann", "Bob", "Eve"]:
    text = f"Dear {name},\n  two spaces,\nno space,\n        eight spaces.\n"
    print(json.dumps({"item": text, "answer": Writer().letter(name)}))
