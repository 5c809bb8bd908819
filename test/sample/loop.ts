/** Labels every open ticket, one request each. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import OpenAI from 'openai';

const client = new OpenAI();

for (const name of await readdir('tickets')) {
  const ticket = JSON.parse(await readFile(`tickets/${name}`, 'utf8'));
  const response = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: `Label this ticket: ${ticket.text}` }],
  });
  ticket.label = response.choices[0]?.message.content;
  await writeFile(`tickets/${name}`, JSON.stringify(ticket));
}
