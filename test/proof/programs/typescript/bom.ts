import OpenAI from 'openai';

const client = new OpenAI();

for (const café of ['Café Zürich', 'Café Łódź', 'Café 東京']) {
  const avis = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: café }],
  });
  console.log(JSON.stringify({ item: café, answer: avis.choices[0]?.message.content }));
}
