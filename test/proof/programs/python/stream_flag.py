import json

from openai import OpenAI

client = OpenAI()


def ask(question: str, stream: bool) -> str:
    if stream:
        words = client.responses.create(model="gpt-4.1-mini", input=question, stream=True)
        return "".join(event.delta for event in words if event.type == "response.output_text.delta")
    return client.responses.create(model="gpt-4.1-mini", input=question).output_text


for question, stream in [("Slowly?", True), ("Quickly?", False)]:
    print(json.dumps({"item": question, "answer": ask(question, stream)}))
