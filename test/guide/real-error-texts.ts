/** Error texts as people met and published them, with what they say. Names of accounts and requests are dots. */
import type { LimitError } from '../../src/guide/error-text.ts';

export interface RealText {
  /** Whose trouble it was. */
  readonly from: string;
  readonly text: string;
  readonly says: readonly LimitError[];
}

const visit = 'Visit https://platform.openai.com/account/rate-limits to learn more.';
const anthropicAdvice =
  'For details, refer to: https://docs.anthropic.com/en/api/rate-limits. You can see the response headers for current usage. Please reduce the prompt length or the maximum tokens requested, or try again later. You may also contact sales at https://www.anthropic.com/contact-sales to discuss your options for a rate limit increase.';
const tpm = { status: 429, kind: 'tokens-per-minute', retryable: true } as const;
const quota = { status: 429, kind: 'quota', retryable: false } as const;

export const realTexts: readonly RealText[] = [
  {
    from: 'FoundationAgents/MetaGPT 523',
    text: `openai.error.RateLimitError: Rate limit reached for gpt-4 in organization org-… on tokens per min (TPM): Limit 10000, Used 8554, Requested 3082. Please try again in 9.816s. ${visit}`,
    says: [
      { ...tpm, provider: 'openai', model: 'gpt-4', limit: 10000, used: 8554, requested: 3082, waitSeconds: 9.816 },
    ],
  },
  {
    from: 'continuedev/continue 11472',
    text: `**Error Details**

Model: OpenAI GPT-4.1
Provider: openai
Status Code: 429

**Error Output**
\`\`\`
429 Rate limit reached for gpt-4.1 in organization org-… on tokens per min (TPM): Limit 30000, Used 18928, Requested 11159. Please try again in 174ms. ${visit}
\`\`\``,
    says: [
      { ...tpm, provider: 'openai', model: 'gpt-4.1', limit: 30000, used: 18928, requested: 11159, waitSeconds: 0.174 },
    ],
  },
  {
    from: 'semanser/codel 72',
    text: `2024/12/25 00:40:02 Failed to get response from model API returned unexpected status code: 429: Rate limit reached for gpt-4o in organization … on tokens per min (TPM): Limit 30000, Used 14567, Requested 24754. Please try again in 18.642s. ${visit}`,
    says: [
      { ...tpm, provider: 'openai', model: 'gpt-4o', limit: 30000, used: 14567, requested: 24754, waitSeconds: 18.642 },
    ],
  },
  {
    from: 'DrShushen/climb 13',
    text: `RateLimitError: Error code: 429 - {'error': {'message': 'Request too large for gpt-4o in organization org-… on tokens per min (TPM): Limit 30000, Requested 30601. The input or output tokens must be reduced in order to run successfully. ${visit}', 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}`,
    says: [
      {
        status: 429,
        provider: 'openai',
        kind: 'request-too-large',
        model: 'gpt-4o',
        limit: 30000,
        requested: 30601,
        retryable: false,
      },
    ],
  },
  {
    from: 'TheR1D/shell_gpt 653, broken over lines',
    text: `RateLimitError: Error code: 429 - 
{'error': 
{'message': 'Request too large for gpt-4o in organization org-… on tokens per min (TPM): 
Limit 30000, Requested 31538. 
The input or output tokens must be reduced in order to run successfully. 
${visit}', 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}`,
    says: [
      {
        status: 429,
        provider: 'openai',
        kind: 'request-too-large',
        model: 'gpt-4o',
        limit: 30000,
        requested: 31538,
        retryable: false,
      },
    ],
  },
  {
    from: 'Aider-AI/aider 1880, wrapped by a narrow terminal',
    text: `litellm.RateLimitError: RateLimitError: 
OpenAIException - Error code: 429 - {'error': 
{'message': 'Request too large for gpt-4o in 
organization org-… on 
tokens per min (TPM): Limit 30000, Requested 
36278. The input or output tokens must be reduced 
in order to run successfully. Visit 
https://platform.openai.com/account/rate-limits to
learn more.', 'type': 'tokens', 'param': None, 
'code': 'rate_limit_exceeded'}}`,
    says: [
      {
        status: 429,
        provider: 'openai',
        kind: 'request-too-large',
        model: 'gpt-4o',
        limit: 30000,
        requested: 36278,
        retryable: false,
      },
    ],
  },
  {
    from: 'rotemweiss57/gpt-newspaper 10',
    text: `    raise self._make_status_error_from_response(err.response) from None
openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached for gpt-4 in organization org-********** on tokens per min (TPM): Limit 10000, Used 9348, Requested 5086. Please try again in 26.604s. ${visit}', 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}`,
    says: [
      { ...tpm, provider: 'openai', model: 'gpt-4', limit: 10000, used: 9348, requested: 5086, waitSeconds: 26.604 },
    ],
  },
  {
    from: 'JackDance/DocumentQA_RAG 2, broken inside the wait',
    text: `openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached for gpt-3.5-turbo in organization org-… on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20
s. ${visit} You can increase your rate limit by adding a payment method to your account at https://platform.openai.com/account/billing.', 'type': 'requests', 'param': None, 'code': 'rate_limit_exceeded'}}`,
    says: [
      {
        status: 429,
        provider: 'openai',
        kind: 'requests-per-minute',
        model: 'gpt-3.5-turbo',
        limit: 3,
        used: 3,
        requested: 1,
        waitSeconds: 20,
        retryable: true,
      },
    ],
  },
  {
    from: 'cocacola-lab/ChatIE 10',
    text: '"error-stage1:Rate limit reached for default-gpt-3.5-turbo in organization org-… on requests per min. Limit: 3 / min. Please try again in 20s. Contact support@openai.com if you continue to have issues. Please add a payment method to your account to increase your rate limit. Visit https://platform.openai.com/account/billing to add a payment method."',
    says: [
      {
        status: 429,
        provider: 'openai',
        kind: 'requests-per-minute',
        model: 'default-gpt-3.5-turbo',
        limit: 3,
        waitSeconds: 20,
        retryable: true,
      },
    ],
  },
  {
    from: 'coderabbitai/ai-pr-reviewer 451',
    text: `backtrace: Error: OpenAI error 429: {
    "error": {
        "message": "Rate limit reached for default-gpt-3.5-turbo in organization org-… on tokens per min. Limit: 60000 / min. Please try again in 1ms. Contact us through our help center at help.openai.com if you continue to have issues.",
        "type": "tokens",
        "param": null,
        "code": "rate_limit_exceeded"
    }
}
    at Promise.then.promptTokens (/home/runner/work/_actions/ai-pr-reviewer/latest/dist/index.js:3310:29)
    at runMicrotasks (<anonymous>)
response: undefined`,
    says: [{ ...tpm, provider: 'openai', model: 'default-gpt-3.5-turbo', limit: 60000, waitSeconds: 0.001 }],
  },
  {
    from: 'PaddlePaddle/ERNIE 1031, another provider behind the same SDK',
    text: "openai.RateLimitError: Error code: 429 - {'error': {'code': 'rpm_rate_limit_exceeded', 'message': 'Rate limit reached for RPM', 'type': 'rate_limit_exceeded'}, 'id': 'as-…'}",
    says: [{ status: 429, provider: 'openai', kind: 'requests-per-minute', retryable: true }],
  },
  {
    from: 'OpenBMB/ChatDev 171',
    text: '[2023-12-10 12:33:28 WARNING] Rate limit reached for gpt-3.5-turbo-16k-0613 in organization org-… on tokens per min. Limit: 40000 / min. Please try again in 1ms. Contact us through our help center at help.openai.com if you continue to have issues. Please add a payment method to your account to increase your rate limit. Visit https://platform.openai.com/account/billing to add a payment method., retrying in 0 seconds...',
    says: [{ ...tpm, provider: 'openai', model: 'gpt-3.5-turbo-16k-0613', limit: 40000, waitSeconds: 0.001 }],
  },
  {
    from: 'wrtnlabs/autobe 136',
    text: `RateLimitError: 429 You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.
    at Function.generate (/Users/…/node_modules/openai/src/core/error.ts:96:14)
    at OpenAI.makeStatusError (/Users/…/node_modules/openai/src/client.ts:400:28)
    at processTicksAndRejections (node:internal/process/task_queues:105:5) {
  status: 429,
  headers: Headers {`,
    says: [{ ...quota, provider: 'openai' }],
  },
  {
    from: 'gnehs/subtitle-translator 1',
    text: "message: 'Rate limit reached for default-gpt-3.5-turbo in organization org-on requests per min. Limit: 20 / min. Current: 30 / min. Contact support@openai.com if you continue to have issues.',",
    says: [
      {
        status: 429,
        provider: 'openai',
        kind: 'requests-per-minute',
        model: 'default-gpt-3.5-turbo',
        limit: 20,
        used: 30,
        retryable: true,
      },
    ],
  },
  {
    from: 'fetchfox/fetchfox 10',
    text: `RateLimitError: 429 Rate limit reached for gpt-4o-mini in organization org-… on tokens per min (TPM): Limit 200000, Used 191584, Requested 45490. Please try again in 11.122s. ${visit}`,
    says: [
      {
        ...tpm,
        provider: 'openai',
        model: 'gpt-4o-mini',
        limit: 200000,
        used: 191584,
        requested: 45490,
        waitSeconds: 11.122,
      },
    ],
  },
  {
    from: 'langchain-ai/langchain 634',
    text: 'openai.error.RateLimitError: Rate limit reached for default-global-with-image-limits in organization org-… on requests per min. Limit: 60.000000 / min. Current: 70.000000 / min. Contact support@openai.com if you continue to have issues.',
    says: [
      {
        status: 429,
        provider: 'openai',
        kind: 'requests-per-minute',
        model: 'default-global-with-image-limits',
        limit: 60,
        used: 70,
        retryable: true,
      },
    ],
  },
  {
    from: 'langchain-ai/langchain 9298, with a wait that is the retry’s own',
    text: 'Retrying langchain.embeddings.openai.embed_with_retry.<locals>._embed_with_retry in 4.0 seconds as it raised RateLimitError: Rate limit reached for default-text-embedding-ada-002 in organization org-… on tokens per min. Limit: 1000000 / min. Current: 837303 / min. Contact us through our help center at help.openai.com if you continue to have issues..',
    says: [{ ...tpm, provider: 'openai', model: 'default-text-embedding-ada-002', limit: 1000000, used: 837303 }],
  },
  {
    from: 'songquanpeng/one-api 881',
    text: '- Rate limit exceeded for images per minute in organization org-…. Limit: 0/1min. Current: 1/1min. Please visit https://platform.openai.com/docs/guides/rate-limits to learn how to increase your rate limit.',
    says: [{ status: 429, provider: 'openai', kind: 'images-per-minute', limit: 0, used: 1, retryable: false }],
  },
  {
    from: 'fatihak/InkyPi 186',
    text: `Jun 30 16:38:44 quadro inkypi[1841]:     raise HTTPStatusError(message, request=request, response=self)
Jun 30 16:38:44 quadro inkypi[1841]: httpx.HTTPStatusError: Client error '429 Too Many Requests' for url 'https://api.openai.com/v1/images/generations'
Jun 30 16:38:44 quadro inkypi[1841]: For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/429`,
    says: [{ status: 429, provider: 'openai', kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'lobehub/lobehub 2795',
    text: String.raw`{
  "error": {
    "headers": {
      "cache-control": "private, max-age=0, no-store, no-cache, must-revalidate",
      "content-type": "text/plain; charset=UTF-8",
      "retry-after": "54749",
      "set-cookie": "_cfuvid=…; path=/; domain=.api.openai.com; HttpOnly; Secure; SameSite=None"
    },
    "stack": "Error: 429 error code: 1015\n    at (vc/edge/function:139:64790)\n    at (vc/edge/function:142:6412)"
  }
}`,
    says: [{ status: 429, provider: 'openai', kind: 'blocked', waitSeconds: 54749, retryable: false }],
  },
  {
    from: 'lifan0127/ai-research-assistant 174',
    text: `{
  "status": 429,
  "error": {
    "message": "Your account is not active, please check your billing details on our website.",
    "type": "billing_not_active",
    "param": null,
    "code": "billing_not_active"
  },
  "attemptNumber": 7,
  "retriesLeft": 0,
  "message": "429 Your account is not active, please check your billing details on our website."
}`,
    says: [quota],
  },
  {
    from: 'ChatGPTNextWeb/NextChat 3123',
    text: `{
  "error": {
    "message": "You exceeded your current quota, please check your plan and billing details.",
    "type": "insufficient_quota",
    "param": null,
    "code": "insufficient_quota"
  }
}`,
    says: [{ ...quota, provider: 'openai' }],
  },
  {
    from: 'eryajf/chatgpt-dingtalk 35',
    text: ` gtp api status code not equals 200, code is 429 ,details:  {
    "error": {
        "message": "You exceeded your current quota, please check your plan and billing details.",
        "type": "insufficient_quota",
        "param": null,
        "code": null
    }
}`,
    says: [{ ...quota, provider: 'openai' }],
  },
  {
    from: 'zurawiki/gptcommit 84',
    text: 'Error: insufficient_quota: You exceeded your current quota, please check your plan and billing details.',
    says: [{ ...quota, provider: 'openai' }],
  },
  {
    from: 'jasonacox/TinyLLM 17, through LiteLLM',
    text: String.raw`INFO:server:ERROR: Error code: 429 - {'error': {'message': "litellm.RateLimitError: AzureException RateLimitError - Error code: 429 - {'error': {'code': '429', 'message': 'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2023-05-15 have exceeded token rate limit of your current AIServices S0 pricing tier. Please retry after 86400 seconds. Please contact Azure support service if you would like to further increase the default rate limit.'}}\nReceived Model Group=azure-gpt-4o-mini\nAvailable Model Group Fallbacks=None", 'type': 'throttling_error', 'param': None, 'code': '429'}}`,
    says: [{ ...tpm, provider: 'azure', waitSeconds: 86400 }],
  },
  {
    from: 'alex-wolf-ps/dbchatprov2 2, .NET',
    text: `HTTP 429 (429) Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-05-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 86400 seconds. Please go here:
https://aka.ms/oai/quotaincrease
if you would like to further increase the default rate limit.`,
    says: [{ ...tpm, provider: 'azure', waitSeconds: 86400 }],
  },
  {
    from: 'langchain-ai/langchain 2493',
    text: 'Retrying langchain.embeddings.openai.embed_with_retry.<locals>._completion_with_retry in 4.0 seconds as it raised RateLimitError: Requests to the Embeddings_Create Operation under Azure OpenAI API version 2022-12-01 have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 3 seconds. Please contact Azure support service if you would like to further increase the default rate limit.',
    says: [{ status: 429, provider: 'azure', kind: 'requests-per-minute', waitSeconds: 3, retryable: true }],
  },
  {
    from: 'Azure-Samples/azure-search-openai-demo 177',
    text: 'Error: Rate limit is exceeded. Try again in 30 seconds.',
    says: [{ status: 429, provider: 'azure', kind: 'rate-limit', waitSeconds: 30, retryable: true }],
  },
  {
    from: 'microsoft/copilot-camp 551, an outer 400 round it',
    text: `400 An error occurred when calling Azure OpenAI: Server responded with status 429. Error message: {"error":{"code":"429","message": "Rate limit is exceeded. Try again in 2 seconds."}}
HEADERS:
{
  "apim-request-id": "…",
  "x-ratelimit-limit-requests": "8",
  "x-ratelimit-limit-tokens": "8000",
  "x-ratelimit-remaining-requests": "7",
  "x-ratelimit-remaining-tokens": "1014"
}`,
    says: [{ status: 429, provider: 'azure', kind: 'rate-limit', waitSeconds: 2, retryable: true }],
  },
  {
    from: 'pollinations/pollinations 6260',
    text: '{"success":false,"error":{"message":"azure-openai error: The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load. Please retry after 20 seconds. For improved latency reliability, consider switching to Provisioned Throughput.","code":"RATE_LIMITED","timestamp":"2025-12-21T01:27:42.111Z"},"status":429}',
    says: [{ status: 429, provider: 'azure', kind: 'overloaded', waitSeconds: 20, retryable: true }],
  },
  {
    from: 'FoundationAgents/OpenManus 746',
    text: `OpenAI API error: Error code: 429 - {'error': {'code': 'rate_limit_error', 'message': 'This request would exceed the rate limit for your organization of 20,000 input tokens per minute. ${anthropicAdvice}', 'type': 'invalid_request_error', 'param': None}}`,
    says: [{ ...tpm, provider: 'anthropic', limit: 20000 }],
  },
  {
    from: 'stackblitz/bolt.new 8588, through the AI SDK',
    text: `Failed after 3 attempts. Last error: This request would exceed the rate limit for your organization (…) of 1,000,000 input tokens per minute. For details, refer to: 
https://docs.anthropic.com/en/api/rate-limits
. You can see the response headers for current usage.`,
    says: [{ ...tpm, provider: 'anthropic', limit: 1000000 }],
  },
  {
    from: 'OpenHands/OpenHands 9259',
    text: `17:11:38 - openhands:ERROR: retry_mixin.py:75 - litellm.RateLimitError: AnthropicException - {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed the rate limit for your organization (…) of 20,000 input tokens per minute. ${anthropicAdvice}"}}. Attempt #3 | You can customize retry values in the configuration.`,
    says: [{ ...tpm, provider: 'anthropic', limit: 20000 }],
  },
  {
    from: 'bhouston/mycoder 62, behind a logger’s marks',
    text: `"error": {
🤖     "type": "error",
🤖     "error": {
🤖       "type": "rate_limit_error",
🤖       "message": "This request would exceed the rate limit for your organization (…) of 40,000 input tokens per minute. ${anthropicAdvice}"
🤖     }
🤖   }`,
    says: [{ ...tpm, provider: 'anthropic', limit: 40000 }],
  },
  {
    from: 'anthropics/claude-code 55132, wrapped and padded',
    text: `API Error: Request rejected (429) · This request would exceed your               
  organization's rate limit of 30,000 input tokens per                                                                      
        minute (org: …, model: claude-sonnet-4-6). For details, refer to:                
       https://docs.claude.com/en/api/rate-limits. You can see the response headers for current usage.`,
    says: [{ ...tpm, provider: 'anthropic', model: 'claude-sonnet-4-6', limit: 30000 }],
  },
  {
    from: 'logancyang/obsidian-copilot 2327',
    text: `429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit of 30,000 input tokens per minute (org: …, model: claude-sonnet-4-20250514). For details, refer to: https://docs.claude.com/en/api/rate-limits."},"request_id":"req_…"}

Troubleshooting URL: https://js.langchain.com/docs/troubleshooting/errors/MODEL_RATE_LIMIT/`,
    says: [{ ...tpm, provider: 'anthropic', model: 'claude-sonnet-4-20250514', limit: 30000 }],
  },
  {
    from: 'anthropics/claude-code 5184',
    text: 'API Error (529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}) · Retrying in 1 seconds… (attempt 1/10)\n  ⎿  API Error (529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}) · Retrying in 35 seconds… (attempt 8/10)',
    says: [{ status: 529, provider: 'anthropic', kind: 'overloaded', retryable: true }],
  },
  {
    from: 'anthropics/claude-code 61365',
    text: 'API Error: 529 Overloaded. This is a server-side issue, usually temporary — try again in a moment. If it persists, check status.claude.com.',
    says: [{ status: 529, provider: 'anthropic', kind: 'overloaded', retryable: true }],
  },
  {
    from: 'google/generative-ai-docs 236',
    text: `{
  "error": {
    "code": 429,
    "message": "Resource has been exhausted (e.g. check quota).",
    "status": "RESOURCE_EXHAUSTED"
  }
}`,
    says: [{ status: 429, provider: 'google', kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'google-gemini/deprecated-generative-ai-python 206, a limit of nothing',
    text: `429 Quota exceeded for quota metric 'Generate Content API requests per minute' and limit 'GenerateContent request limit per minute for a region' of service 'generativelanguage.googleapis.com' for consumer 'project_number:…'. [reason: "RATE_LIMIT_EXCEEDED"
domain: "googleapis.com"
metadata {
  key: "quota_limit"
  value: "GenerateContentRequestsPerMinutePerProjectPerRegion"
}
metadata {
  key: "quota_limit_value"
  value: "0"
}
]`,
    says: [{ status: 429, provider: 'google', kind: 'requests-per-minute', limit: 0, retryable: false }],
  },
  {
    from: 'RooCodeInc/Roo-Code 3883, JSON inside JSON',
    text: String.raw`got status: 429 Too Many Requests. {"error":{"message":"{\n  \"error\": {\n    \"code\": 429,\n    \"message\": \"You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\",\n    \"status\": \"RESOURCE_EXHAUSTED\",\n    \"details\": [\n      {\n        \"@type\": \"type.googleapis.com/google.rpc.QuotaFailure\",\n        \"violations\": [\n          {\n            \"quotaMetric\": \"generativelanguage.googleapis.com/generate_content_free_tier_input_token_count\",\n            \"quotaId\": \"GenerateContentInputTokensPerModelPerMinute-FreeTier\",\n            \"quotaDimensions\": {\n              \"location\": \"global\",\n              \"model\": \"gemini-2.5-flash\"\n            },\n            \"quotaValue\": \"250000\"\n          }\n        ]\n      },\n      {\n        \"@type\": \"type.googleapis.com/google.rpc.RetryInfo\",\n        \"retryDelay\": \"26s\"\n      }\n    ]\n  }\n}\n","code":429,"status":"Too Many Requests"}}`,
    says: [{ ...tpm, provider: 'google', model: 'gemini-2.5-flash', limit: 250000, waitSeconds: 26 }],
  },
  {
    from: 'google-gemini/gemini-cli 8437, three limits at once',
    text: "Generate error: 429 RESOURCE_EXHAUSTED. {'error': {'code': 429, 'message': 'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.', 'status': 'RESOURCE_EXHAUSTED', 'details': [{'@type': 'type.googleapis.com/google.rpc.QuotaFailure', 'violations': [{'quotaMetric': 'generativelanguage.googleapis.com/generate_content_free_tier_input_token_count', 'quotaId': 'GenerateContentInputTokensPerModelPerMinute-FreeTier', 'quotaDimensions': {'location': 'global', 'model': 'gemini-2.5-flash-preview-image'}}, {'quotaMetric': 'generativelanguage.googleapis.com/generate_content_free_tier_requests', 'quotaId': 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', 'quotaDimensions': {'model': 'gemini-2.5-flash-preview-image', 'location': 'global'}}]}]}}",
    says: [
      {
        status: 429,
        provider: 'google',
        kind: 'requests-per-day',
        model: 'gemini-2.5-flash-preview-image',
        retryable: true,
      },
    ],
  },
  {
    from: 'google-gemini/gemini-cli 14831, Vertex AI',
    text: `✕ [API Error: [{
    "error": {
      "code": 429,
      "message": "Resource exhausted. Please try again later. Please refer to
  https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details.",
      "errors": [
        {
          "domain": "global",
          "reason": "rateLimitExceeded"
        }
      ],
      "status": "RESOURCE_EXHAUSTED"
    }
  }
  ]]`,
    says: [{ status: 429, provider: 'google', kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'continuedev/continue 10920',
    text: '429 Rate limit reached for model `llama-3.3-70b-versatile` in organization `org_…` service tier `on_demand` on tokens per day (TPD): Limit 100000, Used 97050, Requested 3619. Please try again in 9m38.016s. Need more tokens%3F Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
    says: [
      {
        status: 429,
        provider: 'groq',
        kind: 'tokens-per-day',
        model: 'llama-3.3-70b-versatile',
        limit: 100000,
        used: 97050,
        requested: 3619,
        waitSeconds: 578.016,
        retryable: true,
      },
    ],
  },
  {
    from: 'elizaOS/eliza 4040, wrapped by a shell',
    text: `RetryError [AI_RetryError]: Failed after 3 attempts. Last error: Rate limit reached for model \`llama-3.1-8b-instant\` in organization \`org_…\` service tier \`on_demand\` on tokens per \\
minute (TPM): Limit 6000, Used 5034, Requested 1443. Please try again in 4.77s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing
    at _retryWithExponentialBackoff (file:///opt/agent/node_modules/ai/dist/index.mjs:283:13)`,
    says: [
      {
        ...tpm,
        provider: 'groq',
        model: 'llama-3.1-8b-instant',
        limit: 6000,
        used: 5034,
        requested: 1443,
        waitSeconds: 4.77,
      },
    ],
  },
  {
    from: 'bklieger-groq/stockbot-on-groq 46, a limit without a name',
    text: 'Error: Failed after 2 attempts. Last error: Rate limit reached for model `llama3-70b-8192` in organization `org_…` on : Limit 500000, Used 500370, Requested 252. Please try again in 1m47.5854s. Visit https://console.groq.com/docs/rate-limits for more information.',
    says: [
      {
        status: 429,
        provider: 'groq',
        kind: 'rate-limit',
        model: 'llama3-70b-8192',
        limit: 500000,
        used: 500370,
        requested: 252,
        waitSeconds: 107.5854,
        retryable: true,
      },
    ],
  },
  {
    from: 'HunorLaczko/ha-groq-cloud-api 27',
    text: "Sorry, I had a problem talking to Groq: Error code: 413 - {'error': {'message': 'Request too large for model llama-3.1-8b-instant in organization org_… service tier on_demand on tokens per minute (TPM): Limit 6000, Requested 12328, please reduce your message size and try again. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing', 'type': 'tokens', 'code': 'rate_limit_exceeded'}}",
    says: [
      {
        status: 413,
        provider: 'groq',
        kind: 'request-too-large',
        model: 'llama-3.1-8b-instant',
        limit: 6000,
        requested: 12328,
        retryable: false,
      },
    ],
  },
  {
    from: 'danielmiessler/Fabric 364, a wait that can’t help',
    text: "Error: Error code: 429 - {'error': {'message': 'Rate limit reached for model `llama3-70b-8192` in organization `org_…` on tokens per minute (TPM): Limit 7000, Used 0, Requested ~12903. Please try again in 50.597142857s. Visit https://console.groq.com/docs/rate-limits for more information.', 'type': 'tokens', 'code': 'rate_limit_exceeded'}}",
    says: [
      {
        status: 429,
        provider: 'groq',
        kind: 'request-too-large',
        model: 'llama3-70b-8192',
        limit: 7000,
        used: 0,
        requested: 12903,
        waitSeconds: 50.597143,
        retryable: false,
      },
    ],
  },
  {
    from: 'ago19800/HomeMind 29, two errors in a log',
    text: `\`org_…\` service tier \`on_demand\` on tokens
14:25:52 ERROR    homemind.ai — Error code: 429 - {'error': {'message': 'Rate limit reached for model
\`llama-3.3-70b-versatile\` in organization
\`org_…\` service tier \`on_demand\` on tokens
per minute (TPM): Limit 12000, Used 4437, Requested 9854. Please try
again in 11.455s. Need more tokens? Upgrade to Dev Tier today at
https://console.groq.com/settings/billing', 'type': 'tokens', 'code':
'rate_limit_exceeded'}}
14:25:54 ERROR    homemind.ai — AI: tutti i provider falliti. Ultimo:
Error code: 429 - {'error': {'message': 'Rate limit reached for model
\`llama-3.3-70b-versatile\` in organization
\`org_…\` service tier \`on_demand\` on tokens
per minute (TPM): Limit 12000, Used 2542, Requested 9855. Please try
again in 1.984999999s. Need more tokens? Upgrade to Dev Tier today at
https://console.groq.com/settings/billing', 'type': 'tokens', 'code':
'rate_limit_exceeded'}}`,
    says: [
      {
        ...tpm,
        provider: 'groq',
        model: 'llama-3.3-70b-versatile',
        limit: 12000,
        used: 4437,
        requested: 9854,
        waitSeconds: 11.455,
      },
      {
        ...tpm,
        provider: 'groq',
        model: 'llama-3.3-70b-versatile',
        limit: 12000,
        used: 2542,
        requested: 9855,
        waitSeconds: 1.985,
      },
    ],
  },
  {
    from: 'continuedev/continue 6185, Mistral',
    text: '{"object":"error","message":"Service tier capacity exceeded for this model.","type":"invalid_request_error","param":null,"code":null}',
    says: [{ status: 503, provider: 'mistral', kind: 'overloaded', retryable: true }],
  },
  {
    from: 'raycast/extensions 31107, Mistral',
    text: `SDKError: API error occurred: Status 429
Body: {"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}
    at /Users/…/extensions/…/ask.js:5:2425`,
    says: [{ status: 429, provider: 'mistral', kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'pydantic/pydantic-ai 1885',
    text: 'pydantic_ai.exceptions.ModelHTTPError: status_code: 429, model_name: mistral-medium-latest, body: {"message":"Requests rate limit exceeded"}',
    says: [{ status: 429, provider: 'mistral', kind: 'rate-limit', model: 'mistral-medium-latest', retryable: true }],
  },
  {
    from: 'e-p-armstrong/verustoolkit 1',
    text: 'cohere.errors.too_many_requests_error.TooManyRequestsError: status_code: 429',
    says: [{ status: 429, provider: 'cohere', kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'Gitlawb/openclaude 936, OpenRouter',
    text: `429 {
  "error": {
    "message": "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
    "code": 429,
    "metadata": {
      "headers": {
        "X-RateLimit-Limit": "50",
        "X-RateLimit-Remaining": "0"
      }
    }
  }
}`,
    says: [{ status: 429, provider: 'openrouter', kind: 'requests-per-day', limit: 50, retryable: true }],
  },
  {
    from: 'Aculeasis/openrouter-proxy 1',
    text: `{"message": "Provider returned error","code":429,
"metadata":{"raw":
"google/gemini-2.0-flash-exp:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: https://openrouter.ai/settings/integrations",
"provider_name":"Google AI Studio"`,
    says: [{ status: 429, provider: 'openrouter', kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'i-dot-ai/caddy-chatbot 97',
    text: 'botocore.errorfactory.ThrottlingException: An error occurred (ThrottlingException) when calling the InvokeModel operation (reached max retries: 4): Too many requests, please wait before trying again. You have sent too many requests. Wait before trying again.',
    says: [{ status: 429, provider: 'bedrock', kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'minorun365/agent-book 29',
    text: `    raise error_class(parsed_response, operation_name)
botocore.errorfactory.ThrottlingException: An error occurred (ThrottlingException) when calling the Converse operation (reached max retries: 4): Too many tokens per day, please wait before trying again.`,
    says: [{ status: 429, provider: 'bedrock', kind: 'tokens-per-day', retryable: true }],
  },
  {
    from: 'continuedev/continue 9800',
    text: `Model: zai-glm-4.7
Provider: cerebras
Status Code: 429

**Error Output**
"Tokens per minute limit exceeded - too many tokens processed."`,
    says: [{ ...tpm, provider: 'cerebras' }],
  },
  {
    from: 'nminaya/grammar-nazi-bot 958, whose code only sounds like a quota',
    text: 'System.Exception: {"message":"Requests per minute limit exceeded - too many requests sent.","type":"too_many_requests_error","param":"quota","code":"request_quota_exceeded"}',
    says: [{ status: 429, provider: 'cerebras', kind: 'requests-per-minute', retryable: true }],
  },
  {
    from: 'togethercomputer/MoA 27',
    text: "{'error': {'message': 'You have been rate limited. Your rate limit is 60 queries per minute. Please navigate to https://api.together.xyz/settings/billing to upgrade to a paid plan.', 'type': 'credit_limit', 'param': None, 'code': None}}",
    says: [{ status: 429, provider: 'together', kind: 'requests-per-minute', limit: 60, retryable: true }],
  },
  {
    from: 'meta-llama/llama-models 354',
    text: "API Error (Llama-3.3-8B-Instruct): Error code: 429 - {'title': 'Too Many Requests', 'detail': 'You have exceeded the maximum number of tokens allowed within a given time frame. Wait a bit and try again.', 'status': 429}",
    says: [{ status: 429, kind: 'rate-limit', retryable: true }],
  },
  {
    from: 'different-ai/openwork 2953',
    text: 'Rate limit reached for organization org_….',
    says: [{ status: 429, kind: 'rate-limit', retryable: true }],
  },
];

/** Texts that speak of something else, however like it they look. */
export const otherTexts: readonly (readonly [string, string])[] = [
  ['a handler in Python', 'try:\n    ask()\nexcept openai.RateLimitError as error:\n    time.sleep(10)'],
  ['a handler in TypeScript', 'if (error instanceof OpenAI.RateLimitError || error.status === 429) await sleep(1000);'],
  ['an import', "import OpenAI, { RateLimitError } from 'openai';"],
  [
    'a model that isn’t there',
    "openai.NotFoundError: Error code: 404 - {'error': {'message': 'The model `gpt-9` does not exist or you do not have access to it.', 'type': 'invalid_request_error', 'param': None, 'code': 'model_not_found'}}",
  ],
  [
    'a wrong key',
    'AuthenticationError: 401 Incorrect API key provided: sk-…. You can find your API key at https://platform.openai.com/account/api-keys.',
  ],
  [
    'a prompt that is too long',
    "openai.BadRequestError: Error code: 400 - {'error': {'message': \"This model's maximum context length is 8192 tokens. However, your messages resulted in 9231 tokens. Please reduce the length of the messages.\", 'type': 'invalid_request_error', 'param': 'messages', 'code': 'context_length_exceeded'}}",
  ],
  ['a fault of the server', 'Error: Request failed with status code 500'],
  [
    'a gateway’s fault',
    '<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>nginx</center></body></html>',
  ],
  [
    'too little credit, which is no 429',
    'litellm.APIError: APIError: OpenrouterException - {"error":{"message":"This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 2666. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account","code":402,"metadata":{"provider_name":null}}}',
  ],
  [
    'a request that Bedrock refuses to read',
    'botocore.errorfactory.ValidationException: An error occurred (ValidationException) when calling the InvokeModel operation: Invocation of model ID anthropic.claude-sonnet-4-20250514-v1:0 with on-demand throughput isn’t supported.',
  ],
  ['a connection that breaks', 'openai.APIConnectionError: Connection error.'],
  ['a timeout', 'openai.APITimeoutError: Request timed out.'],
  [
    'GitHub’s limit',
    'HttpError: API rate limit exceeded for user ID 12345. If you reach out to GitHub Support for help, please include the request ID.',
  ],
  [
    'the limit of a container registry',
    'Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
  ],
  [
    'a graphics card without memory',
    'XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 17179869184 bytes.',
  ],
  [
    'a message that is too large for gRPC',
    'grpc._channel._InactiveRpcError: <_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.RESOURCE_EXHAUSTED\n\tdetails = "Received message larger than max (5242880 vs. 4194304)"',
  ],
  ['a full disk', 'OSError: [Errno 122] Disk quota exceeded'],
  [
    'a web server’s configuration',
    'limit_req zone=api burst=20 nodelay;\nlimit_req_status 429;\nerror_page 429 /slow.html;',
  ],
  [
    'an answer with its headers',
    'HTTP/1.1 200 OK\nx-ratelimit-limit-requests: 500\nx-ratelimit-remaining-requests: 499\nx-ratelimit-reset-requests: 120ms',
  ],
  ['a line number', '  File "/srv/app/worker.py", line 429, in main'],
  ['a progress bar', 'embedding:  43%|████▎     | 429/1000 [00:12<00:16, 35.4it/s]'],
  ['a summary of tests', '429 passed, 3 failed in 12.31s'],
  ['a number of an issue', 'Merge pull request #429 from octo/too-many-options'],
  ['a record that has such numbers', '{"id": 429, "name": "status", "limit": 30000, "used": 12}'],
  ['what one reads about it', 'We keep to the rate limit of the API, and retry with exponential backoff.'],
];
