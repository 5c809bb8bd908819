import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

async function ask(question: string) {
  while (true) {
    try {
      return await client.chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: question }],
      });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError)) throw error;
      console.log('refused');
    }
  }
}

const response = await ask('first');
console.log(JSON.stringify({ item: 'first', answer: response.choices[0]?.message.content }));
