import OpenAI from 'openai'

const openai = new OpenAI()

export async function answer (question) {
  const completion = await openai.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: question }]
  })
  return completion.choices[0].message.content
}

for (const question of ['What is it?', 'Where is it?', 'When is it?']) {
  console.log(JSON.stringify({ item: question, answer: await answer(question) }))
}
