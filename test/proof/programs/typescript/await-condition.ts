import OpenAI from 'openai';

const client = new OpenAI();

async function route(message: string): Promise<string> {
  if (!message) {
    return 'empty';
  } else if ((await client.moderations.create({ model: 'omni-moderation-latest', input: message })).results[0]?.flagged) {
    return 'blocked';
  }
  return 'accepted';
}

for (const message of ['Hello there', 'Nice to meet you', 'See you soon']) {
  console.log(JSON.stringify({ item: message, answer: await route(message) }));
}
