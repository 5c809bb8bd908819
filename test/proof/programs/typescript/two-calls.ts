import OpenAI from 'openai';

const client = new OpenAI();

async function debate(topic: string) {
  const pro = await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: `for ${topic}` }] });
  const con = await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: `against ${topic}` }] });
  return [pro, con].map((side) => side.choices[0]?.message.content);
}

for (const topic of ['trams', 'bikes']) {
  const [pro, con] = await debate(topic);
  console.log(JSON.stringify({ item: `for ${topic}`, answer: pro }));
  console.log(JSON.stringify({ item: `against ${topic}`, answer: con }));
}
