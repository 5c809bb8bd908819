/** Every SDK that the catalogue knows. A new one is a file of its own and a line here. */
import type { Sdk } from '../core/catalogue.ts';
import { openaiNode, openaiPython } from './openai.ts';
import { openaiNode3, openaiPython0 } from './openai-legacy.ts';

export const sdks: readonly Sdk[] = [openaiPython, openaiNode, openaiPython0, openaiNode3];
