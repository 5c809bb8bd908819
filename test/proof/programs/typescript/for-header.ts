import OpenAI from 'openai';

const client = new OpenAI();

for (const key of ['yes', 'no', 'maybe']) {
  for (const choice of (await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: key }] })).choices) {
    console.log(JSON.stringify({ item: key, answer: choice.message.content }));
  }
}
