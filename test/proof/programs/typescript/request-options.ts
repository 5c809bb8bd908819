import OpenAI, { type ClientOptions } from 'openai';

const options: ClientOptions = { timeout: 60_000 };
const client = new OpenAI(options);
const perRequest = { timeout: 20_000 };

for (const ticket of ['Login fails', 'Invoice is wrong', 'Page is slow']) {
  const response = await client.responses.create({ model: 'gpt-4.1-mini', input: ticket }, perRequest);
  console.log(JSON.stringify({ item: ticket, answer: response.output_text }));
}
