'use strict';

const { OpenAI } = require('openai');

const client = new OpenAI();

async function describe(animal) {
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: animal }],
  });
  return response.choices[0].message.content;
}

async function main() {
  for (const animal of ['otter', 'heron', 'newt']) {
    console.log(JSON.stringify({ item: animal, answer: await describe(animal) }));
  }
}

main();
