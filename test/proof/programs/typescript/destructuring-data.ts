import OpenAI from 'openai';

const client = new OpenAI();
const documents = ['Doc one', 'Doc two', 'Doc three', 'Doc four'];

for (let start = 0; start < documents.length; start += 2) {
  const batch = documents.slice(start, start + 2);
  const { data } = await client.embeddings.create({ model: 'text-embedding-3-small', input: batch });
  data.forEach(({ embedding }, index) => console.log(JSON.stringify({ item: batch[index], answer: embedding })));
}
