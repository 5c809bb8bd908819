import OpenAI from 'openai'

const client = new OpenAI()
const colors = ['red', 'green', 'blue']

for (const color of colors) {
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: color }],
  })
  ;[response].forEach(({ choices }) => console.log(JSON.stringify({ item: color, answer: choices[0]?.message.content })))
}
