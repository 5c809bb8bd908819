import json

from openai import OpenAI

client = OpenAI()


def name_pet(kind):
	response = client.chat.completions.create(
		model='gpt-4o-mini',
		messages=[{'role': 'user', 'content': kind}],
	)
	return response.choices[0].message.content


for kind in ['a cat', 'a dog', 'a fish']:
	print(json.dumps({'item': kind, 'answer': name_pet(kind)}))
