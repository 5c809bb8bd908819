import OpenAI from 'openai'; // the SDK

/* One client for all. */
const client = new OpenAI();

async function ask(content: string) {
  // Ask first.
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini', // cheap
    /* the question */
    messages: [{ role: 'user', content }], // and nothing else
  }); // answered
  // Read then.
  return response.choices[0]?.message.content; // the text
}

for (const content of ['When?', 'Where?', 'Why?']) console.log(JSON.stringify({ item: content, answer: await ask(content) }));
