import json
import tempfile
from pathlib import Path

from openai import OpenAI

client = OpenAI()
folder = Path(tempfile.mkdtemp())


def record(sentence: str, target: Path) -> None:
    with target.open("wb") as file, client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts", voice="alloy", input=sentence
    ) as response:
        for piece in response.iter_bytes():
            file.write(piece)


for number, sentence in enumerate(["Mind the gap.", "Doors are closing.", "Next stop: home."]):
    target = folder / f"{number}.mp3"
    record(sentence, target)
    print(json.dumps({"item": sentence, "answer": target.read_bytes().decode()}))
