import json

import backoff
from openai import OpenAI, RateLimitError

client = OpenAI(max_retries=0)


@backoff.on_exception(backoff.constant, RateLimitError, interval=0.01)
def ask(question):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": question}])


print(json.dumps({"item": "first", "answer": ask("first").choices[0].message.content}))
