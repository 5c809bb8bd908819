import OpenAI from 'openai';

const client = new OpenAI();

for (const subject of ['waves', 'stars', 'roots']) {
  const words: string[] = [];
  for await (const event of await client.responses.create({ model: 'gpt-4.1-mini', input: subject, stream: true })) {
    if (event.type === 'response.output_text.delta') words.push(event.delta);
  }
  console.log(JSON.stringify({ item: subject, answer: words.join('') }));
}
