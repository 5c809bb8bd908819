import OpenAI from 'openai';

const client = new OpenAI();

function translate(word: string) {
  return client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: word }],
  });
}

async function main() {
  for (const word of ['tree', 'river', 'cloud']) {
    const { choices } = await translate(word);
    console.log(JSON.stringify({ item: word, answer: choices[0]?.message.content }));
  }
}

await main();
