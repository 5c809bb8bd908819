import OpenAI from 'openai';

const openai = new OpenAI();

export const summaries = await Promise.all(
  ['Monday', 'Tuesday', 'Wednesday'].map(async (day) => ({ item: day, answer: await summarize(day) })),
);

async function summarize(day: string) {
  const { choices } = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: day }] });
  return choices[0]!.message.content;
}

for (const summary of summaries) console.log(JSON.stringify(summary));
