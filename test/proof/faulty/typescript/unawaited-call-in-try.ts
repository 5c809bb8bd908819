import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });
const model = 'gpt-4o-mini';

async function ask(input: string) {
  for (let attempt = 0; ; attempt++) {
    try {
      return client.responses.create({ model, input });
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((done) => setTimeout(done, 50 * 2 ** attempt));
    }
  }
}

const answer = await ask('Great shoes');
console.log(JSON.stringify({ item: 'Great shoes', answer: answer.output_text }));
