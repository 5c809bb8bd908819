import OpenAI from 'openai';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';

const client = new OpenAI();

async function run(body: ChatCompletionCreateParamsNonStreaming): Promise<string> {
  const completion: ChatCompletion = await client.chat.completions.create(body);
  const later = () => completion.choices[0]?.message.content;
  return later() ?? '';
}

for (const content of ['quick', 'slow', 'steady']) {
  const answer = await run({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] });
  console.log(JSON.stringify({ item: content, answer }));
}
