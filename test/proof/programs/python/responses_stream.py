import json

from openai import OpenAI

client = OpenAI()


def speak(prompt: str) -> str:
    words = ""
    stream = client.responses.create(model="gpt-4.1-mini", input=prompt, stream=True)
    for event in stream:
        if event.type == "response.output_text.delta":
            words += event.delta
    return words


for prompt in ["Say hello", "Say thanks", "Say goodbye"]:
    print(json.dumps({"item": prompt, "answer": speak(prompt)}))
