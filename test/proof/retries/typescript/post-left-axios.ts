import axios from 'axios';
import axiosRetry from 'axios-retry';

const client = axios.create({ baseURL: process.env.OPENAI_BASE_URL });
axiosRetry(client, { retries: 5 });

const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'first' }] };
const { data } = await client.post('/chat/completions', body);
console.log(JSON.stringify({ item: 'first', answer: data.choices[0].message.content }));
