import json

from openai import OpenAI

client = OpenAI()
time = "noon"
random = ["one", "two", "three"]
attempt = 0
error = None
delay = wait = 3

for attempt, number in enumerate(random):
    RateLimitError = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"{number} at {time}"}],
    )
    answer = RateLimitError.choices[0].message.content
    print(json.dumps({"item": f"{number} at {time}", "answer": answer}))

assert (attempt, error, delay, wait) == (2, None, 3, 3)
