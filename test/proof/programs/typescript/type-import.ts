import type { OpenAI } from 'openai';
import { makeClient } from './support/clients.mjs';

async function rephrase(client: OpenAI, sentence: string): Promise<string | null | undefined> {
  const completion = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: sentence }],
  });
  return completion.choices[0]?.message.content;
}

for (const sentence of ['It rains.', 'It snows.', 'It shines.']) {
  console.log(JSON.stringify({ item: sentence, answer: await rephrase(makeClient(), sentence) }));
}
