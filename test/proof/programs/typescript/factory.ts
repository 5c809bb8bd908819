import OpenAI from 'openai';

let shared: OpenAI | undefined;

function getClient(): OpenAI {
  shared ??= new OpenAI({ timeout: 60_000 });
  return shared;
}

async function ask(question: string): Promise<string> {
  const client = getClient();
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: question }],
  });
  return response.choices[0]?.message.content ?? '';
}

for (const question of ['Is it open?', 'Is it free?', 'Is it near?']) {
  console.log(JSON.stringify({ item: question, answer: await ask(question) }));
}
