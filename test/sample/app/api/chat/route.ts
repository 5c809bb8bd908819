import OpenAI from 'openai';

const openai = new OpenAI();

export async function POST(request: Request): Promise<Response> {
  const { messages } = await request.json();
  const completion = await openai.chat.completions.create({ model: 'gpt-4o', messages });
  return Response.json(completion.choices[0]?.message);
}
