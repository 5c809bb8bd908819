import OpenAI from 'openai';

const client = new OpenAI();
const seen = new Set<string>();

outer: for (const site of [['a.example', 'b.example'], ['a.example', 'c.example', 'stop', 'd.example']]) {
  for (const url of site) {
    if (seen.has(url)) continue;
    if (url === 'stop') break outer;
    seen.add(url);
    const page = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: url }],
    });
    const text = page.choices[0]?.message.content;
    if (!text) continue outer;
    console.log(JSON.stringify({ item: url, answer: text }));
  }
}
