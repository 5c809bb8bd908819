import OpenAI from 'openai';

const client = new OpenAI();

for (const city of ['Paris', 'Oslo', 'Lima']) {
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: city }],
  });
  console.log(JSON.stringify({ item: city, answer: response.choices[0]?.message.content }));
}
