import json

from openai import OpenAI

client = OpenAI()


def narrate(scene: str) -> str:
    spoken = ""
    with client.chat.completions.stream(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": scene}],
    ) as stream:
        for event in stream:
            if event.type == "content.delta":
                spoken += event.delta
    return spoken


for scene in ["A quiet harbour", "A crowded market", "An empty theatre"]:
    print(json.dumps({"item": scene, "answer": narrate(scene)}))
