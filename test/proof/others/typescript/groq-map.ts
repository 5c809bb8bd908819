import Groq from 'groq-sdk';

const groq = new Groq();
const essays = ['Essay 1', 'Essay 2', 'Essay 3'];

const grades = await Promise.all(
  essays.map((essay) =>
    groq.chat.completions.create({
      model: 'llama-3.3-70b-versatile',
      messages: [{ role: 'user', content: essay }],
    }),
  ),
);

grades.forEach((grade, index) => {
  console.log(JSON.stringify({ item: essays[index], answer: grade.choices[0]?.message.content }));
});
