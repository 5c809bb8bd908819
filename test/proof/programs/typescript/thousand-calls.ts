import OpenAI from 'openai';

const client = new OpenAI({ apiKey: process.env['OPENAI_API_KEY'] });

for (let number = 0; number < 1000; number++) {
  const reply = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Good morning' }],
  }); // a thousand greetings, as quickly as they go
  console.log(JSON.stringify({ item: number, answer: reply.choices[0]?.message.content }));
}
