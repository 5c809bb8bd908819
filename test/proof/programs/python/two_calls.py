import json

from openai import OpenAI

client = OpenAI()


def debate(topic: str) -> tuple[str, str]:
    pro = client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": f"for {topic}"}]
    )
    con = client.chat.completions.create(
        model="gpt-4o-mini", messages=[{"role": "user", "content": f"against {topic}"}]
    )
    return pro.choices[0].message.content or "", con.choices[0].message.content or ""


for topic in ["trams", "bikes"]:
    pro, con = debate(topic)
    print(json.dumps({"item": f"for {topic}", "answer": pro}))
    print(json.dumps({"item": f"against {topic}", "answer": con}))
