import OpenAI from 'openai';

const client = new OpenAI();

async function ask(question: string) {
  const { data, response } = await client.chat.completions
    .create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: question }] })
    .withResponse();
  return { answer: data.choices[0]?.message.content, remaining: response.headers.get('x-ratelimit-remaining-requests') };
}

for (const question of ['One more?', 'Two more?', 'Three more?']) {
  const { answer, remaining } = await ask(question);
  if (remaining !== '59') throw new TypeError('no header');
  console.log(JSON.stringify({ item: question, answer }));
}
