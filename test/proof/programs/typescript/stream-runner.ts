import OpenAI from 'openai';

const client = new OpenAI();

async function narrate(scene: string) {
  const runner = client.chat.completions.stream({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: scene }],
  });
  return await runner.finalContent();
}

for (const scene of ['A quiet harbour', 'A crowded market', 'An empty theatre']) {
  console.log(JSON.stringify({ item: scene, answer: await narrate(scene) }));
}
