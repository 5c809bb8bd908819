import OpenAI from 'openai';

const assistant = {
  client: new OpenAI(),
  async reply(text: string): Promise<string> {
    const response = await this.client.responses.create({ model: 'gpt-4.1-mini', input: text });
    return response.output_text;
  },
};

for (const text of ['Knock knock', 'Who is there', 'The limit']) {
  console.log(JSON.stringify({ item: text, answer: await assistant.reply(text) }));
}
