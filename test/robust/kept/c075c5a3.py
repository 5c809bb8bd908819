fake.chat.completions.create({ model: 'gpt-4o-mini', messages: [] });
import openai