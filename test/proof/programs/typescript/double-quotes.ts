import OpenAI from "openai";

const client = new OpenAI();

async function namePet(kind: string) {
    const response = await client.chat.completions.create({
        model: "gpt-4o-mini",
        messages: [{ role: "user", content: kind }],
    });
    return response.choices[0]?.message.content;
}

for (const kind of ["a cat", "a dog", "a fish"]) {
    console.log(JSON.stringify({ item: kind, answer: await namePet(kind) }));
}
