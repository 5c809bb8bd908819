import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });
const policy = retry(handleAll, { backoff: new ExponentialBackoff({ initialDelay: 10, maxDelay: 50 }) });

const ask = (question: string) =>
  policy.execute(() =>
    client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: question }],
    }),
  );

const response = await ask('first');
console.log(JSON.stringify({ item: 'first', answer: response.choices[0]?.message.content }));
