import json
import tempfile
from pathlib import Path

from openai import OpenAI

client = OpenAI()
folder = Path(tempfile.mkdtemp())

for number, sentence in enumerate(["Good morning.", "Good evening.", "Good night."]):
    target = folder / f"{number}.mp3"
    with client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts",
        voice="alloy",
        input=sentence,
    ) as response:
        response.stream_to_file(target)
    print(json.dumps({"item": sentence, "answer": target.read_bytes().decode()}))
