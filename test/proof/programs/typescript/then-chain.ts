import OpenAI from 'openai';

const client = new OpenAI();

const ask = (question: string) =>
  client.chat.completions
    .create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: question }] })
    .then((completion) => completion.choices[0]?.message.content)
    .then((answer) => console.log(JSON.stringify({ item: question, answer })));

await ask('Why is the sky blue?');
await ask('Why is grass green?');
await ask('Why is snow white?');
