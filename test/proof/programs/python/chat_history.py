import json

from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

client = OpenAI()
history: list[ChatCompletionMessageParam] = [{"role": "system", "content": "You are a guide."}]

for turn in ["Where do we start?", "What comes next?", "How does it end?"]:
    history.append({"role": "user", "content": turn})
    reply = client.chat.completions.create(model="gpt-4o-mini", messages=history).choices[0].message
    history.append({"role": "assistant", "content": reply.content})
    print(json.dumps({"item": turn, "answer": reply.content}))

assert len(history) == 7
