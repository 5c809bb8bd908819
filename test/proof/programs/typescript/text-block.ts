import OpenAI from 'openai';

const client = new OpenAI();

class Writer {
  async letter(name: string) {
    if (name) {
      const response = await client.chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: `Dear ${name},
  two spaces,
no space,
        eight spaces.` }],
      });
      return response.choices[0]?.message.content;
    }
    return undefined;
  }
}

for (const name of ['Ann', 'Bob', 'Eve']) {
  const item = `Dear ${name},\n  two spaces,\nno space,\n        eight spaces.`;
  console.log(JSON.stringify({ item, answer: await new Writer().letter(name) }));
}
