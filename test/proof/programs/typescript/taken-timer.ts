import { setTimeout } from 'node:timers/promises';
import OpenAI from 'openai';

const client = new OpenAI();

for (const street of ['First street', 'Second street', 'Third street']) {
  await setTimeout(10);
  const story = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: street }],
  });
  console.log(JSON.stringify({ item: street, answer: story.choices[0]?.message.content }));
}
