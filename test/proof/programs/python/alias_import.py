import json

import openai as oai

llm = oai.OpenAI()


def pick(option: str):
    choice = llm.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": option}])
    return choice.choices[0].message.content


for option in ["left", "right", "straight on"]:
    print(json.dumps({"item": option, "answer": pick(option)}))
