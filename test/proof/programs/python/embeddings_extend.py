import json

from openai import OpenAI

client = OpenAI()
vectors = []
chunks = ["alpha beta", "gamma delta", "epsilon zeta"]

for chunk in chunks:
    vectors.extend(client.embeddings.create(model="text-embedding-3-small", input=[chunk]).data)

for chunk, vector in zip(chunks, vectors):
    print(json.dumps({"item": chunk, "answer": vector.embedding}))
