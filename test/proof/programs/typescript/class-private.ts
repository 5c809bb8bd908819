import OpenAI from 'openai';

class Summarizer {
  readonly #client: OpenAI;

  constructor(client = new OpenAI()) {
    this.#client = client;
  }

  async summarize(text: string): Promise<string> {
    const response = await this.#client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: text }],
    });
    return response.choices[0]?.message.content ?? '';
  }
}

const summarizer = new Summarizer();
for (const article of ['First article', 'Second article', 'Third article']) {
  console.log(JSON.stringify({ item: article, answer: await summarizer.summarize(article) }));
}
