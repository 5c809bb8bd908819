"""Labels every open ticket, one request each."""

import json
from pathlib import Path

from openai import OpenAI

client = OpenAI()

for path in sorted(Path("tickets").glob("*.json")):
    ticket = json.loads(path.read_text())
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"Label this ticket: {ticket['text']}"}],
    )
    ticket["label"] = response.choices[0].message.content
    path.write_text(json.dumps(ticket))
