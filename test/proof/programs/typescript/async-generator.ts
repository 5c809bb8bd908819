import OpenAI from 'openai';

const client = new OpenAI();

async function* captions(photos: readonly string[]) {
  for (const photo of photos) {
    yield {
      item: photo,
      answer: (
        await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: photo }] })
      ).choices[0]?.message.content,
    };
  }
}

for await (const caption of captions(['beach.jpg', 'forest.jpg', 'desert.jpg'])) console.log(JSON.stringify(caption));
