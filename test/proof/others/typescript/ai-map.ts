import { createOpenAI } from '@ai-sdk/openai';
import { generateText } from 'ai';

const openai = createOpenAI({ baseURL: process.env.OPENAI_BASE_URL });
const essays = ['Essay 1', 'Essay 2', 'Essay 3'];

const grades = await Promise.all(
  essays.map((essay) => generateText({ model: openai.chat('gpt-4o-mini'), prompt: essay })),
);

grades.forEach(({ text }, index) => {
  console.log(JSON.stringify({ item: essays[index], answer: text }));
});
