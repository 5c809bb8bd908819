import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

async function ask(input: string) {
  const promise = client.responses.create({ model: 'gpt-4o-mini', input });
  for (let attempt = 0; ; attempt++) {
    try {
      return await promise;
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((done) => setTimeout(done, 50 * 2 ** attempt));
    }
  }
}

const answer = await ask('Great shoes');
console.log(JSON.stringify({ item: 'Great shoes', answer: answer.output_text }));
