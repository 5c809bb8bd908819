import OpenAI from 'openai';

const client = new OpenAI();

async function greet(name: string, formal: boolean) {
  let greeting;
  if (formal)
    greeting = await client.responses.create({ model: 'gpt-4.1-mini', input: `formal ${name}` });
  else greeting = await client.responses.create({ model: 'gpt-4.1-mini', input: `casual ${name}` });
  return greeting.output_text;
}

console.log(JSON.stringify({ item: 'formal Ann', answer: await greet('Ann', true) }));
console.log(JSON.stringify({ item: 'casual Bob', answer: await greet('Bob', false) }));
