import { OpenAI } from 'openai';

const question = 'How far is the moon?';
const client = new OpenAI({ timeout: 30_000 });
const answer = await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: question }] });
console.log(JSON.stringify({ item: question, answer: answer.choices[0]?.message.content }));
