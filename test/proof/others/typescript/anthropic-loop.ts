import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

for (const review of ['Great shoes', 'Too small', 'Arrived late']) {
  const message = await client.messages.create({
    model: 'claude-haiku-4-5',
    max_tokens: 64,
    messages: [{ role: 'user', content: review }],
  });
  const answer = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  console.log(JSON.stringify({ item: review, answer }));
}
