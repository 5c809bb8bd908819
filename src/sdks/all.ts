/** Every SDK that the catalogue knows. A new one is a file of its own and a line here. */
import type { Sdk } from '../core/catalogue.ts';
import { anthropicNode, anthropicPython } from './anthropic.ts';
import { azureOpenaiNode } from './azure-openai.ts';
import { bedrockNode, bedrockPython } from './bedrock.ts';
import { cerebrasNode, cerebrasPython } from './cerebras.ts';
import { chatgptNode } from './chatgpt.ts';
import { cohereNode, coherePython } from './cohere.ts';
import { ai21Python, perplexityPython, voyageNode, voyagePython, xaiPython } from './further.ts';
import { googleGenaiNode, googleGenaiPython } from './google-genai.ts';
import { googleGenerativeaiNode, googleGenerativeaiPython } from './google-generativeai.ts';
import { groqNode, groqPython } from './groq.ts';
import { fireworksPython, huggingfacePython, replicateNode, replicatePython } from './hosts.ts';
import { httpClients } from './http.ts';
import { instructorNode, instructorPython } from './instructor.ts';
import { langchainAnthropic, langchainGoogle, langchainGroq, langchainMistral, langchainOpenai } from './langchain.ts';
import {
  langchainAny,
  langchainAws,
  langchainChains,
  langchainCohere,
  langchainCohereEmbeddings,
  langchainFireworks,
  langchainNvidia,
  langchainPerplexity,
  langchainVertex,
} from './langchain-partners.ts';
import { litellm, litellmRouter } from './litellm.ts';
import { llamaindexOpenai } from './llamaindex.ts';
import { mistralNode, mistralPython } from './mistral.ts';
import { openaiNode, openaiPython } from './openai.ts';
import { openaiEdge, openaiNode3, openaiPython0 } from './openai-legacy.ts';
import { portkeyNode, portkeyPython } from './portkey.ts';
import { togetherNode, togetherPython } from './together.ts';
import { vercelAi } from './vercel-ai.ts';
import { vertexaiNode, vertexaiPython } from './vertexai.ts';
import { xsai } from './xsai.ts';
import { zaiPython, zhipuPython } from './zhipu.ts';

export const sdks: readonly Sdk[] = [
  openaiPython,
  openaiNode,
  openaiPython0,
  openaiNode3,
  openaiEdge,
  anthropicPython,
  anthropicNode,
  groqPython,
  groqNode,
  cerebrasPython,
  cerebrasNode,
  togetherPython,
  togetherNode,
  azureOpenaiNode,
  bedrockNode,
  bedrockPython,
  mistralPython,
  mistralNode,
  coherePython,
  cohereNode,
  googleGenaiPython,
  googleGenaiNode,
  googleGenerativeaiPython,
  googleGenerativeaiNode,
  vertexaiPython,
  vertexaiNode,
  vercelAi,
  xsai,
  portkeyNode,
  chatgptNode,
  litellm,
  litellmRouter,
  instructorPython,
  instructorNode,
  langchainOpenai,
  langchainAnthropic,
  langchainGroq,
  langchainGoogle,
  langchainMistral,
  langchainCohere,
  langchainCohereEmbeddings,
  langchainVertex,
  langchainNvidia,
  langchainFireworks,
  langchainPerplexity,
  langchainAws,
  langchainAny,
  langchainChains,
  llamaindexOpenai,
  replicatePython,
  replicateNode,
  huggingfacePython,
  fireworksPython,
  xaiPython,
  ai21Python,
  voyagePython,
  voyageNode,
  perplexityPython,
  zhipuPython,
  zaiPython,
  portkeyPython,
  ...httpClients,
];
