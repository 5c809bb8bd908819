import OpenAI from 'openai';

const client = new OpenAI();

for (const prompt of ['a red bicycle', 'a green boat', 'a blue kite']) {
  const image = await client.images.generate({ model: 'gpt-image-1', prompt, n: 1, size: '1024x1024' });
  const drawn = Buffer.from(image.data?.[0]?.b64_json ?? '', 'base64').toString();
  console.log(JSON.stringify({ item: prompt, answer: drawn }));
}
