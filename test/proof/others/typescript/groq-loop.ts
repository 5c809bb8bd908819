import Groq from 'groq-sdk';

const client = new Groq();

for (const review of ['Great shoes', 'Too small', 'Arrived late']) {
  const response = await client.chat.completions.create({
    model: 'llama-3.3-70b-versatile',
    messages: [{ role: 'user', content: review }],
  });
  console.log(JSON.stringify({ item: review, answer: response.choices[0]?.message.content }));
}
