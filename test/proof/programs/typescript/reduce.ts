import OpenAI from 'openai';

const client = new OpenAI();

const total = await ['first', 'second', 'third'].reduce(async (before, word) => {
  const count = await before;
  const { output_text } = await client.responses.create({ model: 'gpt-4.1-mini', input: word });
  console.log(JSON.stringify({ item: word, answer: output_text }));
  return count + 1;
}, Promise.resolve(0));

if (total !== 3) throw new RangeError(String(total));
