import { createOpenAI } from '@ai-sdk/openai';
import { generateText } from 'ai';

const openai = createOpenAI({ baseURL: process.env.OPENAI_BASE_URL });

for (const review of ['Great shoes', 'Too small', 'Arrived late']) {
  const { text } = await generateText({ model: openai.chat('gpt-4o-mini'), prompt: review });
  console.log(JSON.stringify({ item: review, answer: text }));
}
