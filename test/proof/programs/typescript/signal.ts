import OpenAI from 'openai';

const client = new OpenAI();

async function complete(prompt: string, signal: AbortSignal) {
  const completion = await client.chat.completions.create(
    { model: 'gpt-4o-mini', messages: [{ role: 'user', content: prompt }] },
    { signal },
  );
  return completion.choices[0]?.message.content;
}

const controller = new AbortController();
for (const prompt of ['Write a title', 'Write a tagline', 'Write a slogan']) {
  console.log(JSON.stringify({ item: prompt, answer: await complete(prompt, controller.signal) }));
}
