const OpenAI = require('openai');
const client = new OpenAI();

module.exports.run = async function run(items) {
  for (const item of items) {
    const response = await client.responses.create({ model: 'gpt-4.1-mini', input: item });
    console.log(JSON.stringify({ item, answer: response.output_text }));
  }
};

module.exports.run(['Plan a trip', 'Plan a party', 'Plan a garden']);
