import OpenAI from 'openai';

const client = new OpenAI();
const pages = ['Page A', 'Page B', 'Page C'];

for (const page of pages) {
  const { choices } = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: page }],
  });
  console.log(JSON.stringify({ item: page, answer: choices[0].message.content }));
}
