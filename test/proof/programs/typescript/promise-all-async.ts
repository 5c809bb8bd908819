import OpenAI from 'openai';

const client = new OpenAI();

async function main(): Promise<void> {
  await Promise.all(
    ['Ada', 'Grace', 'Edsger', 'Barbara'].map(async (name) => {
      const greeting = await client.chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: name }],
      });
      console.log(JSON.stringify({ item: name, answer: greeting.choices[0]?.message.content }));
    }),
  );
}

await main();
