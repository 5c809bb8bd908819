import OpenAI from 'openai';

const openai = new OpenAI();

async function label(text: string) {
  const {
    choices: [first],
    usage,
  } = await openai.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: text }],
  });
  return { item: text, answer: first?.message.content, tokens: usage?.total_tokens };
}

for (const text of ['spam?', 'invoice', 'newsletter']) console.log(JSON.stringify(await label(text)));
