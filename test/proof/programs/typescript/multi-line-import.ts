import {
  APIConnectionError, // for the start-up check
  OpenAI,
} from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

const client = new OpenAI();

async function answer(messages: ChatCompletionMessageParam[]) {
  try {
    return await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
  } catch (error) {
    if (error instanceof APIConnectionError) console.error('no connection');
    throw error;
  }
}

for (const content of ['How long?', 'How wide?', 'How deep?']) {
  const completion = await answer([{ role: 'user', content }]);
  console.log(JSON.stringify({ item: content, answer: completion.choices[0]?.message.content }));
}
