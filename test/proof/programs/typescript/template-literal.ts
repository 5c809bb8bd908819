import OpenAI from 'openai';

const client = new OpenAI();

async function headline(news: string) {
  return `${(await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: `${news}` }] })).choices[0]?.message.content}`;
}

for (const news of ['Bridge opens', 'Bakery closes', 'Library moves']) {
  console.log(JSON.stringify({ item: news, answer: await headline(news) }));
}
