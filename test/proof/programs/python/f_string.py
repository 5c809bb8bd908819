import json

from openai import OpenAI

client = OpenAI()


def headline(news: str) -> str:
    return f"{client.chat.completions.create(model='gpt-4o-mini', messages=[{'role': 'user', 'content': news}]).choices[0].message.content}"


for news in ["Bridge opens", "Bakery closes", "Library moves"]:
    print(json.dumps({"item": news, "answer": headline(news)}))
