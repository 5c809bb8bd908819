import OpenAI from 'openai';

const client = new OpenAI();

// Each review becomes one line of the report.
for (const review of ['Great shoes', 'Too small', 'Arrived late']) {
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [
      { role: 'system', content: 'Name the sentiment in one word.' },
      { role: 'user', content: review },
    ],
  });
  console.log(JSON.stringify({ item: review, answer: response.choices[0]?.message.content }));
}
