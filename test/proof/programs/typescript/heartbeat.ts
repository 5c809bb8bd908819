import OpenAI from 'openai';

const client = new OpenAI();

// Shows the user that the program is alive.
const alive = setInterval(() => console.log(JSON.stringify({ tick: true })), 100);

for (const chapter of ['Chapter one', 'Chapter two']) {
  const outline = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: chapter }],
  });
  console.log(JSON.stringify({ item: chapter, answer: outline.choices[0]?.message.content }));
}

clearInterval(alive);
