import OpenAI from 'openai';

const client = new OpenAI();
const history: OpenAI.Chat.ChatCompletionMessageParam[] = [{ role: 'system', content: 'You are a guide.' }];

for (const turn of ['Where do we start?', 'What comes next?', 'How does it end?']) {
  history.push({ role: 'user', content: turn });
  const reply = (await client.chat.completions.create({ model: 'gpt-4o-mini', messages: history })).choices[0]!.message;
  history.push(reply);
  console.log(JSON.stringify({ item: turn, answer: reply.content }));
}

if (history.length !== 7) throw new RangeError('history was repeated');
