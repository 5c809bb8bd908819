from openai import OpenAI

client = OpenAI()
text = ""


def ask(items):
    for item in items:
        try:
            return client.responses.create(model="m", input=item)
        except Exception as error:
            text = text + str(error)
            if "rate limit" in text:
                raise
from openai import OpenAI

client = OpenAI()


def ask(items):
    for item in items:
        try:
            return client.responses.create(model="m", input=item)
        except Exception as error:
            ok = ok or isinstance(error, ValueError)
            if ok:
                raise
