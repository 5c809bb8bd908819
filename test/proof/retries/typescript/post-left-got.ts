import got from 'got';

interface Completion {
  choices: { message: { content: string } }[];
}

const url = `${process.env.OPENAI_BASE_URL}/chat/completions`;
const json = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'first' }] };
const { choices } = await got.post(url, { json, retry: { limit: 5, backoffLimit: 10 } }).json<Completion>();
console.log(JSON.stringify({ item: 'first', answer: choices[0]?.message.content }));
