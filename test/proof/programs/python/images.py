import base64
import json

from openai import OpenAI

client = OpenAI()

for prompt in ["a red bicycle", "a green boat", "a blue kite"]:
    image = client.images.generate(model="gpt-image-1", prompt=prompt, n=1, size="1024x1024")
    assert image.data is not None
    drawn = base64.b64decode(image.data[0].b64_json or "")
    print(json.dumps({"item": prompt, "answer": drawn.decode()}))
