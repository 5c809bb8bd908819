import OpenAI, { toFile } from 'openai';

export default async function* pages(titles: Iterable<string>): AsyncGenerator<{ item: string; answer: string }> {
  const client = new OpenAI();
  for (const title of titles) {
    const page = await client.responses.create({ model: 'gpt-4.1-mini', input: title });
    const file = await toFile(Buffer.from(page.output_text), `${title}.txt`);
    yield { item: title, answer: await file.text() };
  }
}

for await (const page of pages(['Home', 'About', 'Contact'])) console.log(JSON.stringify(page));
