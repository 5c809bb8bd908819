import OpenAI from 'openai';

const client = new OpenAI();

async function extract<T extends { answer: string }>(form: string, parse: (json: string) => T): Promise<T> {
  const completion = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: form }],
    response_format: { type: 'json_schema', json_schema: { name: 'reply', schema: { type: 'object' } } },
  });
  return parse(completion.choices[0]?.message.content ?? '{}');
}

for (const form of ['Form 1', 'Form 2', 'Form 3']) {
  const reply = await extract<{ answer: string }>(form, (json) => JSON.parse(json));
  console.log(JSON.stringify({ item: form, answer: reply.answer }));
}
