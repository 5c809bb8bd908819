import OpenAI from 'openai';

const item = 'What is new?';

export const news = await new OpenAI().responses.create({ model: 'gpt-4.1-mini', input: item });

console.log(JSON.stringify({ item, answer: news.output_text }));
