import OpenAI from 'openai';

export class Translator {
  private readonly openai = new OpenAI();
  private count = 0;

  translate = async (word: string) => {
    this.count += 1;
    const result = await this.openai.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: word }],
    });
    return { item: word, answer: result.choices[0]?.message.content, count: this.count };
  };
}

const translator = new Translator();
for (const word of ['bread', 'butter', 'jam']) console.log(JSON.stringify(await translator.translate(word)));
