import json

from openai import OpenAI

client = OpenAI()

for task in ["Plan a trip", "Plan a party", "Plan a garden"]:
    response = client.responses.create(
        model="gpt-4.1-mini",
        instructions="Answer briefly.",
        input=task,
    )
    print(json.dumps({"item": task, "answer": response.output_text}))
