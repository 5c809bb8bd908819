import OpenAI from 'openai';

const client = new OpenAI();

async function ask(prompt: string | undefined, user?: { name: string }) {
  let model: 'gpt-4o-mini' | undefined;
  if (prompt === undefined || !user) return undefined;
  model = 'gpt-4o-mini';
  const completion = await client.chat.completions.create({ model, messages: [{ role: 'user', content: prompt }], user: user.name });
  return completion.choices[0]?.message.content;
}

for (const prompt of ['up?', 'down?', 'sideways?']) {
  console.log(JSON.stringify({ item: prompt, answer: await ask(prompt, { name: 'ann' }) }));
}
