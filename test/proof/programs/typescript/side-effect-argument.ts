import OpenAI from 'openai';

const client = new OpenAI();
const waiting = ['alpha', 'beta', 'gamma'];
const done: string[] = [];

function take(): string {
  done.push(waiting.shift()!);
  return done.at(-1)!;
}

while (waiting.length > 0) {
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: take() }],
  });
  console.log(JSON.stringify({ item: done.at(-1), answer: response.choices[0]?.message.content }));
}

if (done.join() !== 'alpha,beta,gamma') throw new RangeError(`took ${done}`);
