import json

from openai import OpenAI

client = OpenAI()
documents = ["Doc one", "Doc two", "Doc three", "Doc four", "Doc five", "Doc six"]
BATCH = 2


def embed(batch: list[str]) -> list[list[float]]:
    result = client.embeddings.create(model="text-embedding-3-small", input=batch)
    return [entry.embedding for entry in result.data]


for start in range(0, len(documents), BATCH):
    batch = documents[start : start + BATCH]
    for document, vector in zip(batch, embed(batch)):
        print(json.dumps({"item": document, "answer": vector}))
