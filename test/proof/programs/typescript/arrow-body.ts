import OpenAI from 'openai';

const client = new OpenAI();

const define = (term: string) =>
  client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: term }] });

for (const term of ['entropy', 'inertia', 'torque']) {
  const definition = await define(term);
  console.log(JSON.stringify({ item: term, answer: definition.choices[0]?.message.content }));
}
