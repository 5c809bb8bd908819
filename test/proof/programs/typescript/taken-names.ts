import OpenAI from 'openai';

const client = new OpenAI();
const [wait, delay, sleep, retry] = ['noon', 'dusk', 'dawn', 'night'];

for (let attempt = 0; attempt < 3; attempt++) {
  const error = `${attempt} at ${wait}, ${delay}, ${sleep} or ${retry}`;
  const RateLimitError = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: error }],
  });
  console.log(JSON.stringify({ item: error, answer: RateLimitError.choices[0]?.message.content }));
}
