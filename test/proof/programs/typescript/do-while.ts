import OpenAI from 'openai';

const client = new OpenAI();
const waiting = ['alpha', 'beta', 'gamma'];

async function next(): Promise<boolean> {
  let word: string;
  do {
    word = waiting.shift() ?? '';
    if (word === '') return false;
    const { output_text: answer } = await client.responses.create({ model: 'gpt-4.1-mini', input: word });
    console.log(JSON.stringify({ item: word, answer }));
  } while (word !== '');
  return true;
}

await next();
