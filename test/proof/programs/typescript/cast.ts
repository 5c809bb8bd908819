import OpenAI from 'openai';

const client = new OpenAI();

type Reply = { choices: { message: { content: string } }[] };

async function ask(content: string): Promise<Reply> {
  const reply = (await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content }],
  })) as Reply;
  return reply;
}

for (const content of ['north', 'south', 'east']) {
  const { choices } = await ask(content);
  console.log(JSON.stringify({ item: content, answer: choices[0]!.message.content }));
}
