import OpenAI from 'openai';

const client = new OpenAI();

async function ask(question: string, stream: boolean): Promise<string> {
  const completion = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: question }],
    stream,
  });
  if ('choices' in completion) return completion.choices[0]?.message.content ?? '';
  let words = '';
  for await (const chunk of completion) words += chunk.choices[0]?.delta.content ?? '';
  return words;
}

console.log(JSON.stringify({ item: 'Slowly?', answer: await ask('Slowly?', true) }));
console.log(JSON.stringify({ item: 'Quickly?', answer: await ask('Quickly?', false) }));
