import OpenAI from 'openai';

const client = new OpenAI();

export async function classify(ticket: string) {
  const response = await client.withOptions({ timeout: 20_000 }).chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: ticket }],
  });
  return response.choices[0]?.message.content;
}

for (const ticket of ['Refund please', 'Cancel my plan', 'Change my name']) {
  console.log(JSON.stringify({ item: ticket, answer: await classify(ticket) }));
}
