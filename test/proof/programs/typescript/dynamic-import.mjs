async function ask(question) {
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI();
  const response = await client.responses.create({ model: 'gpt-4.1-mini', input: question });
  return response.output_text;
}

for (const question of ['Now?', 'Later?', 'Never?']) {
  console.log(JSON.stringify({ item: question, answer: await ask(question) }));
}
