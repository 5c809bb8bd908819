import OpenAI from 'openai';

const client = new OpenAI();

async function tag(post: string) {
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: post }],
    // @ts-expect-error: newer than the types
    verbosity_level: 3,
  });
  return response.choices[0]?.message.content;
}

for (const post of ['Monday again', 'Friday at last', 'Sunday walk']) {
  console.log(JSON.stringify({ item: post, answer: await tag(post) }));
}
