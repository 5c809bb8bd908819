"""Answers a ticket. A request that meets a rate limit is sent again, later and later, for two minutes at most."""

from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_random_exponential

client = OpenAI(max_retries=0)


@retry(
    retry=retry_if_exception_type(RateLimitError),
    wait=wait_random_exponential(multiplier=1, max=60),
    stop=stop_after_attempt(7) | stop_after_delay(120),
    reraise=True,
)
def answer(ticket: str) -> str:
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"Answer kindly: {ticket}"}],
    )
    return response.choices[0].message.content or ""
