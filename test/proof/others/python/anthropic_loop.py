import json

from anthropic import Anthropic

client = Anthropic()

for review in ["Great shoes", "Too small", "Arrived late"]:
    message = client.messages.create(
        model="claude-haiku-4-5",
        max_tokens=64,
        messages=[{"role": "user", "content": review}],
    )
    answer = "".join(block.text for block in message.content if block.type == "text")
    print(json.dumps({"item": review, "answer": answer}))
