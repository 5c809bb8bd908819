import OpenAI from 'openai';

const client = new OpenAI();
const cache: Record<string, string> = { known: 'Answer to: known' };

for (const term of ['known', 'unknown', 'obscure']) {
  const definition = cache[term]
    ? cache[term]
    : (await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: term }] })).choices[0]
        ?.message.content;
  console.log(JSON.stringify({ item: term, answer: definition }));
}
