import OpenAI from 'openai';
import type { ChatCompletion } from 'openai/resources/chat/completions';

const client = new OpenAI();
const queue = ['first job', 'second job', 'third job'];
let reply: ChatCompletion | undefined;

while (queue[0] && (reply = await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: queue[0] }] }))) {
  console.log(JSON.stringify({ item: queue.shift(), answer: reply.choices[0]?.message.content }));
}
