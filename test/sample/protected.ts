/** Answers a ticket. The SDK itself sends a request that meets a rate limit again, for longer than a minute. */
import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 14 });

export async function answer(ticket: string): Promise<string> {
  const response = await client.responses.create({ model: 'gpt-4o-mini', input: `Answer kindly: ${ticket}` });
  return response.output_text;
}
