import OpenAI from 'openai';

const client = new OpenAI();

const isFlagged = async (comment: string) => {
  const verdict = await client.moderations.create({ model: 'omni-moderation-latest', input: comment });
  return verdict.results.some((result) => result.flagged);
};

for (const comment of ['I like it', 'I love it', 'I need it']) {
  console.log(JSON.stringify({ item: comment, answer: await isFlagged(comment) }));
}
