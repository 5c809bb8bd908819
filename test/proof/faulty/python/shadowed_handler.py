import json
import time

from openai import APIError, OpenAI, RateLimitError

client = OpenAI(max_retries=0)


def ask(text: str) -> str:
    for attempt in range(4):
        try:
            return client.responses.create(model="gpt-4o-mini", input=text).output_text
        except APIError as error:
            raise SystemExit(f"failed: {error}") from error
        except RateLimitError:
            time.sleep(0.05 * 2**attempt)
    raise SystemExit("busy")


print(json.dumps({"item": "Great shoes", "answer": ask("Great shoes")}))
