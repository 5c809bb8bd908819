import OpenAI from 'openai';

const client = new OpenAI();

async function speak(sentence: string): Promise<Buffer> {
  const mp3 = await client.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: sentence });
  return Buffer.from(await mp3.arrayBuffer());
}

for (const sentence of ['Good morning.', 'Good evening.', 'Good night.']) {
  console.log(JSON.stringify({ item: sentence, answer: (await speak(sentence)).toString() }));
}
