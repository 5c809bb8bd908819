import OpenAI from 'openai';

const client = new OpenAI();

for (const item of ['Rain tomorrow', 'Team wins', 'Prices fall']) {
  const pending = client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: item }] });
  console.error('asked');
  const article = await pending;
  console.log(JSON.stringify({ item, answer: article.choices[0]?.message.content }));
}
