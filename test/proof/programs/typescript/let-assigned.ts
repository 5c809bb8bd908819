import OpenAI from 'openai';

const client = new OpenAI();
const cache = new Map<string, string>([['known', 'Answer to: known']]);

async function lookUp(term: string) {
  let definition = cache.get(term);
  if (definition === undefined) {
    let response;
    response = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: term }],
    });
    definition = response.choices[0]?.message.content ?? '';
    cache.set(term, definition);
  }
  return definition;
}

for (const term of ['known', 'unknown', 'obscure']) {
  console.log(JSON.stringify({ item: term, answer: await lookUp(term) }));
}
