const { OpenAI } = require('openai')

const client = new OpenAI()

async function main () {
  for (var item of ['salt', 'pepper', 'thyme']) {
    var reply = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: item }]
    }), answer = reply.choices[0].message.content
    console.log(JSON.stringify({ item: item, answer: answer }))
  }
  return reply
}

main()
