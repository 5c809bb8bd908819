import OpenAI from 'openai';

const client = new OpenAI();

async function convert(recipe: string): Promise<string> {
  try {
    const response = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: recipe }],
    });
    return response.choices[0]?.message.content ?? '';
  } catch (error) {
    console.error(`could not convert ${recipe}`);
    throw error;
  } finally {
    console.error('done');
  }
}

for (const recipe of ['Pancakes', 'Waffles', 'Crepes']) {
  console.log(JSON.stringify({ item: recipe, answer: await convert(recipe) }));
}
