import json

from openai import OpenAI

client = OpenAI(api_key="sk-proj-KEY")

answer = client.responses.create(model="gpt-4o-mini", input="Great shoes")
print(json.dumps({"item": "Great shoes", "answer": answer.output_text}))
