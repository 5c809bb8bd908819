/** How the addresses of model providers look. */
import type { Endpoints } from '../core/catalogue.ts';

const hosts = [
  /api\.openai\.com/,
  /openai\.azure\.com/,
  /cognitiveservices\.azure\.com\/openai/,
  /(?:inference|services)\.ai\.azure\.com/,
  /api\.anthropic\.com/,
  /api\.groq\.com/,
  /(?:api|codestral)\.mistral\.ai/,
  /api\.cohere\.(?:ai|com)/,
  /generativelanguage\.googleapis\.com/,
  /aiplatform\.googleapis\.com/,
  /openrouter\.ai\/api/,
  /api\.together\.(?:xyz|ai)/,
  /api\.deepseek\.com/,
  /api\.perplexity\.ai/,
  /api\.fireworks\.ai/,
  /api\.x\.ai/,
  /api\.cerebras\.ai/,
  /bedrock-runtime/,
  /(?:api-inference|router)\.huggingface\.co/,
  /endpoints\.huggingface\.cloud/,
  /api\.replicate\.com/,
  /api\.ai21\.com/,
  /api\.voyageai\.com/,
  /api\.jina\.ai/,
  /api\.stability\.ai/,
  /(?:integrate|ai)\.api\.nvidia\.com/,
  /inferd\.allen\.ai/,
  /api\.moonshot\.(?:cn|ai)/,
  /dashscope(?:-intl)?\.aliyuncs\.com/,
  /open\.bigmodel\.cn/,
  /api\.minimaxi?\.(?:chat|com|io)/,
  /api\.deepinfra\.com/,
  /api\.hyperbolic\.xyz/,
  /api\.sambanova\.ai/,
  /api\.novita\.ai/,
  /api\.siliconflow\.(?:cn|com)/,
  /models\.github\.ai/,
  /volces\.com\/api/,
  /qianfan\.baidubce\.com/,
  /aip\.baidubce\.com\/rpc\/2\.0\/ai_custom/,
  /api-inference\.modelscope\.cn/,
  /api\.z\.ai\/api/,
  /llm\.api\.cloud\.yandex\.net/,
  /gateway\.ai\.cloudflare\.com/,
  /api\.studio\.nebius\.(?:ai|com)/,
];

const telling =
  /\/chat\/completions|\/v\d+\/(?:completions|responses|embeddings|images\/(?:generations|edits|variations)|audio\/(?:speech|transcriptions|translations))(?![\w-])|:(?:stream)?[gG]enerateContent|\/openai\/deployments\//;

export const endpoints: Endpoints = {
  hosts: new RegExp(
    `^(?:https?://)?[^/?#]*(?:${hosts.map(({ source }) => (source.startsWith('api') ? `(?<![\\w-])${source}` : source)).join('|')})`,
  ),
  // The routes `/api/chat`, `/api/generate` and `/api/embed` are Ollama's, or the program's own.
  own: /^(?:https?:\/\/)?(?:localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.|host\.docker\.internal)|:11434|ollama|lm_?studio|vllm|llama_?cpp|^\{[^}]*(?:worker|controller|local)[^}]*\}|\/api\/(?:embed(?:dings)?|generate|chat)\/?$/i,
  inference: new RegExp(
    `${telling.source}|/(?:completions?|responses|embeddings|embed|messages|moderations|chat|complete|rerank|infer|generat(?:e|ions?)|runs|predictions|invoke|converse|chatcompletion\\w*|t2a\\w*)(?![\\w-])|/submit_tool_outputs|:\\w*(?:predict|embedContents?)\\b|huggingface`,
    'i',
  ),
  control:
    /\/(?:models|files|batches|fine_tuning|fine-tunes|assistants|threads|vector_stores|uploads|evals|realtime|traces|containers|conversations|organization|tokenize|count_tokens|keys?|credits|usage|auth|cachedContents)(?![\w-])|:countTokens|^[^?]*\/threads\/[^/]+\/messages/,
  telling,
  names:
    /openai|anthropic|claude|gemini|mistral|groq|cohere|deepseek|moonshot|qwen|together|perplexity|fireworks|completions?\b|chat_?gpt|gpt-|llm|max_?(?:output_?)?tokens|\bmessages\s*[:,}]/i,
  words: [...hosts, /chat\/completions/, /:(?:stream)?[gG]enerateContent/, /\/openai\/deployments\//],
};
