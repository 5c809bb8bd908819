import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });

async function ask(question: string) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: question }],
      });
    } catch (error) {
      if (!(error instanceof OpenAI.RateLimitError)) throw error;
      if (attempt === 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

const response = await ask('first');
console.log(JSON.stringify({ item: 'first', answer: response.choices[0]?.message.content }));
