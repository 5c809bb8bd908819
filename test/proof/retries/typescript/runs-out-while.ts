import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

async function ask(question: string) {
  let attempts = 0;
  while (attempts < 4) {
    attempts++;
    try {
      return await client.chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: question }],
      });
    } catch (error) {
      console.log(attempts, String(error));
    }
  }
}

console.log(JSON.stringify({ item: 'first', answer: String(await ask('first')) }));
