import OpenAI from 'openai';

const client = new OpenAI();

function show(item: string, completion: OpenAI.Chat.ChatCompletion): void {
  console.log(JSON.stringify({ item, answer: completion.choices[0]?.message.content }));
}

async function main() {
  for (const option of ['left', 'right', 'straight on']) {
    show(option, await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: option }] }));
  }
}

main();
