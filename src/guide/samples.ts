/** The 429 as programs print it, by language and provider. */

export interface Sample {
  readonly language: 'python' | 'typescript';
  /** The SDK's package. */
  readonly packageName: string;
  readonly title: string;
  readonly text: string;
}

const openai =
  'Rate limit reached for gpt-4o in organization org-… on tokens per min (TPM): Limit 30000, Used 29937, Requested 385. Please try again in 644ms.';
const anthropic =
  'This request would exceed your organization’s rate limit of 30,000 input tokens per minute. For details, refer to: https://docs.claude.com/en/api/rate-limits.';

export const samples: readonly Sample[] = [
  {
    language: 'python',
    packageName: 'openai',
    title: 'OpenAI, Python',
    text: `openai.RateLimitError: Error code: 429 - {'error': {'message': '${openai}', 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}`,
  },
  {
    language: 'typescript',
    packageName: 'openai',
    title: 'OpenAI, Node',
    text: `RateLimitError: 429 ${openai}`,
  },
  {
    language: 'python',
    packageName: 'openai',
    title: 'Azure OpenAI, Python',
    text: "openai.RateLimitError: Error code: 429 - {'error': {'code': '429', 'message': 'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 37 seconds.'}}",
  },
  {
    language: 'python',
    packageName: 'anthropic',
    title: 'Anthropic, Python',
    text: `anthropic.RateLimitError: Error code: 429 - {'type': 'error', 'error': {'type': 'rate_limit_error', 'message': '${anthropic}'}}`,
  },
  {
    language: 'typescript',
    packageName: '@anthropic-ai/sdk',
    title: 'Anthropic, Node',
    text: `RateLimitError: 429 {"type":"error","error":{"type":"rate_limit_error","message":"${anthropic}"}}`,
  },
  {
    language: 'python',
    packageName: 'openai',
    title: 'A used-up quota, which no wait cures',
    text: "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan and billing details.', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}",
  },
];
