import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

async function ask(input: string) {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input });
    } catch (error) {
      if (error instanceof OpenAI.APIError) {
        throw new Error(`failed: ${error.message}`);
      } else if (error instanceof OpenAI.RateLimitError) {
        await new Promise((done) => setTimeout(done, 50 * 2 ** attempt));
      } else {
        throw error;
      }
    }
  }
  throw new Error('busy');
}

const answer = await ask('Great shoes');
console.log(JSON.stringify({ item: 'Great shoes', answer: answer.output_text }));
