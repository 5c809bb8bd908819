import OpenAI from 'openai';

const createClient = () => new OpenAI();

for (const planet of ['Mars', 'Venus', 'Saturn']) {
  const fact = await createClient().chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: planet }] });
  console.log(JSON.stringify({ item: planet, answer: fact.choices[0]?.message.content }));
}
