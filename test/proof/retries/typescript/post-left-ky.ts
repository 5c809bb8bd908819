import ky from 'ky';

const url = `${process.env.OPENAI_BASE_URL}/chat/completions`;
const json = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'first' }] };
const response = await ky.post(url, { json, retry: { limit: 5, backoffLimit: 10 } });
const { choices } = await response.json<{ choices: { message: { content: string } }[] }>();
console.log(JSON.stringify({ item: 'first', answer: choices[0]?.message.content }));
