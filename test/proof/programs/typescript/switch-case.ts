import OpenAI from 'openai';

const client = new OpenAI();

async function handle(kind: string) {
  switch (kind) {
    case 'chat':
      const chat = await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: kind }] });
      return chat.choices[0]?.message.content;
    case 'response': {
      const response = await client.responses.create({ model: 'gpt-4.1-mini', input: kind });
      return response.output_text;
    }
    default:
      throw new TypeError(kind);
  }
}

for (const kind of ['chat', 'response']) console.log(JSON.stringify({ item: kind, answer: await handle(kind) }));
