import OpenAI from 'openai';

const client = new OpenAI();

interface Card {
  readonly item: string;
  readonly answer: string | null | undefined;
}

async function describe<T extends string>(subject: T): Promise<Card> {
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: subject }],
  });
  return { item: subject, answer: response.choices[0]?.message.content };
}

for (const subject of ['door', 'window', 'roof']) {
  const card = await describe(subject);
  console.log(JSON.stringify(card));
}
