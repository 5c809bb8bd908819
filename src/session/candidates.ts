/** Tells by its text alone whether a file can hold anything for us, so that all others need not be parsed. */
import type { Catalogue } from '../core/catalogue.ts';

/**
 * Matches files that name an SDK, call one of its inference methods on a client that came from elsewhere
 * (`self.llm.chat.completions.create`), or carry one of our comments.
 */
export function candidatePattern({ sdks }: Pick<Catalogue, 'sdks'>): RegExp {
  const modules = new Set(sdks.flatMap(({ modules }) => modules));
  const calls = new Map<string, Set<string>>();
  for (const { methods, transparent } of sdks) {
    for (const [path, { plane }] of methods) {
      const [method, resource] = path.split('.').reverse() as [string, string?];
      if (plane !== 'inference' || resource === undefined) continue;
      const names = calls.get(resource) ?? new Set(transparent);
      calls.set(resource, names.add(method));
    }
  }
  // Chains are broken over lines, in Python with a backslash.
  const dot = String.raw`[\s\\]*[?!]?\.[\s\\]*`;
  const named = [...modules].map(module);
  const called = [...calls].map(([resource, names]) => `${literal(resource)}${dot}${any(names)}`);
  return new RegExp(`(?<!\\w)(?:${[...named, ...called].join('|')})(?!\\w)|rate-limit-guide:`);
}

/** `google.genai`, and also `from google import genai`. */
function module(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot < 0 || /[/:@]/.test(name)) return literal(name);
  return String.raw`${literal(name.slice(0, dot))}(?:\.|\s+import\s[^;]{0,200}?\b)${literal(name.slice(dot + 1))}`;
}

function any(words: Iterable<string>): string {
  return `(?:${[...words].map(literal).join('|')})`;
}

function literal(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
