import OpenAI from 'openai';

const client = new OpenAI();

/** Asks one question. */
export async function ask(question: string) {
  return await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: question }],
  });
}

for (const question of ['Where is my order?', 'How do I return it?', 'Who pays for that?']) {
  const completion = await ask(question);
  console.log(JSON.stringify({ item: question, answer: completion.choices[0]?.message.content }));
}
