import json
import time

import openai

client = openai.OpenAI(max_retries=0)


def ask(text: str) -> str:
    for attempt in range(4):
        try:
            return client.responses.create(model="gpt-4o-mini", input=text).output_text
        except openai.error.RateLimitError:  # type: ignore
            time.sleep(0.05 * 2**attempt)
    raise SystemExit("busy")


print(json.dumps({"item": "Great shoes", "answer": ask("Great shoes")}))
