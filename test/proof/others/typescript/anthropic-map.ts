import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();
const essays = ['Essay 1', 'Essay 2', 'Essay 3'];

const messages = await Promise.all(
  essays.map((essay) =>
    client.messages.create({
      model: 'claude-haiku-4-5',
      max_tokens: 64,
      messages: [{ role: 'user', content: essay }],
    }),
  ),
);

messages.forEach((message, index) => {
  const answer = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  console.log(JSON.stringify({ item: essays[index], answer }));
});
