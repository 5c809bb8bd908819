/** Every SDK that the catalogue knows. A new one is a file of its own and a line here. */
import type { Sdk } from '../core/catalogue.ts';
import { anthropicNode, anthropicPython } from './anthropic.ts';
import { cerebrasNode, cerebrasPython } from './cerebras.ts';
import { groqNode, groqPython } from './groq.ts';
import { openaiNode, openaiPython } from './openai.ts';
import { openaiNode3, openaiPython0 } from './openai-legacy.ts';
import { togetherNode, togetherPython } from './together.ts';

export const sdks: readonly Sdk[] = [
  openaiPython,
  openaiNode,
  openaiPython0,
  openaiNode3,
  anthropicPython,
  anthropicNode,
  groqPython,
  groqNode,
  cerebrasPython,
  cerebrasNode,
  togetherPython,
  togetherNode,
];
