import OpenAI from 'openai';

const client = new OpenAI();

async function both(topic: string) {
  const [chat, response] = await Promise.all([
    client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: `chat ${topic}` }] }),
    client.responses.create({ model: 'gpt-4.1-mini', input: `response ${topic}` }),
  ]);
  return { chat: chat.choices[0]?.message.content, response: response.output_text };
}

const { chat, response } = await both('weather');
console.log(JSON.stringify({ item: 'chat weather', answer: chat }));
console.log(JSON.stringify({ item: 'response weather', answer: response }));
