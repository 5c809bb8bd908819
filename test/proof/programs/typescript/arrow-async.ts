import OpenAI from 'openai';

const client = new OpenAI();

const title = async (chapter: string): Promise<string> =>
  (await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: chapter }] }))
    .choices[0]?.message.content ?? '';

for (const chapter of ['Chapter 1', 'Chapter 2', 'Chapter 3']) {
  console.log(JSON.stringify({ item: chapter, answer: await title(chapter) }));
}
