import OpenAI from 'openai';

const client = new OpenAI();

async function main(): Promise<void> {
	for (const line of ['To be', 'or not', 'to be']) {
		const result = await client.chat.completions.create({
			model: 'gpt-4o-mini',
			messages: [{ role: 'user', content: `${line}!` }],
		});
		console.log(JSON.stringify({ item: `${line}!`, answer: result.choices[0]?.message.content }));
	}
}

await main();
