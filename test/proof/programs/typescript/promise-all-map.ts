import OpenAI from 'openai';

const client = new OpenAI();
const essays = ['Essay 1', 'Essay 2', 'Essay 3', 'Essay 4', 'Essay 5'];

const grades = await Promise.all(
  essays.map((essay) =>
    client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: essay }],
    }),
  ),
);

grades.forEach((grade, index) => {
  console.log(JSON.stringify({ item: essays[index], answer: grade.choices[0]?.message.content }));
});
