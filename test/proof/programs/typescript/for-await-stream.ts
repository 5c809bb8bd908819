import OpenAI from 'openai';

const client = new OpenAI();

async function tell(topic: string): Promise<string> {
  const stream = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: topic }],
    stream: true,
  });
  let story = '';
  for await (const chunk of stream) {
    story += chunk.choices[0]?.delta.content ?? '';
  }
  return story;
}

for (const topic of ['dragons', 'robots', 'pirates']) {
  console.log(JSON.stringify({ item: topic, answer: await tell(topic) }));
}
