import OpenAI from 'openai';

const client = new OpenAI({ apiKey: 'sk-proj-KEY' });

const answer = await client.responses.create({ model: 'gpt-4o-mini', input: 'Great shoes' });
console.log(JSON.stringify({ item: 'Great shoes', answer: answer.output_text }));
