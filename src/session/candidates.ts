/** Tells by its text alone whether a file can hold anything for us, so that all others need not be parsed. */
import type { Catalogue, HttpClient, Sdk } from '../core/catalogue.ts';
import type { LanguageId } from '../core/facts.ts';
import { keyPattern } from '../core/keys.ts';

/** Whether a text can hold anything for us. */
export interface Candidates {
  test(text: string): boolean;
}

/**
 * Files that name an SDK, call one of its inference methods on a client that came from elsewhere
 * (`self.llm.chat.completions.create`), hold a provider's address, a body for one or one of its keys, speak of a provider
 * and call an HTTP client, or carry one of our comments.
 */
export function candidates({ sdks, keys }: Pick<Catalogue, 'sdks' | 'keys'>): Candidates {
  const telling = tellingPattern(sdks, keys);
  const clients = sdks.flatMap(({ http, packageName }) => (http ? [{ http, packageName }] : []));
  const sending = new RegExp(`(?<!\\w)${any(clients.flatMap(sendersOf))}\\s*(?:<[^()]{0,80}>)?\\(`);
  const names = clients.map(({ http }) => http.endpoints.names);
  return { test: (text) => telling.test(text) || (sending.test(text) && names.some((name) => name.test(text))) };
}

/** What the functions and methods are called that send: `axios(…)`, `fetch(…)`, `session.post(…)`. */
function sendersOf({ http, packageName }: { readonly http: HttpClient; readonly packageName: string }): string[] {
  const paths = [...http.functions.keys(), ...http.methods.keys(), ...(http.global ? [http.global] : [])];
  return paths.map((path) => path.split('.').at(-1)!).map((name) => (/^(default)?$/.test(name) ? packageName : name));
}

function tellingPattern(sdks: readonly Sdk[], keys: Catalogue['keys']): RegExp {
  const named = sdks.filter(({ http }) => http === undefined);
  const modules = new Set(named.flatMap((sdk) => sdk.modules.map((name) => module(name, sdk.language))));
  const calls = new Map<string, Set<string>>();
  const ownCalls = new Set<string>();
  for (const { methods, transparent } of sdks) {
    for (const [path, { plane }] of methods) {
      const [method, resource] = path.split('.').reverse() as [string, string?];
      if (plane !== 'inference') continue;
      if (resource === undefined || resource === '()') {
        if (!everyday.has(method)) ownCalls.add(method);
        continue;
      }
      const names = calls.get(resource) ?? new Set(transparent);
      calls.set(resource, names.add(method));
    }
  }
  // Chains are broken over lines, in Python with a backslash.
  const dot = String.raw`[\s\\]*[?!]?\.[\s\\]*`;
  const called = [...calls].map(([resource, names]) => `${literal(resource)}${dot}${any(names)}`);
  const own = String.raw`(?<=\w${dot})${any(ownCalls)}`;
  const addresses = new Set(sdks.flatMap(({ http }) => http?.endpoints.words.map((word) => word.source) ?? []));
  // What only a model understands, sent to an address that stands in another file.
  const body = String.raw`["']messages["']\s*:`;
  // A helper that retries what other files send.
  const helper = String.raw`\b(?:def|function|const|class)\s+\w*(?:[Rr]etr(?:y|ies|ying)|[Bb]ack_?[Oo]ff)\w*`;
  const words = ['rate-limit-guide:', helper, body, ...addresses].join('|');
  return new RegExp(`(?<!\\w)(?:${[...modules, ...called, own].join('|')})(?!\\w)|${words}|${keyPattern(keys)}`);
}

/** Methods of clients themselves whose names are everybody's: by them alone no file is worth reading. */
const everyday: ReadonlySet<string> = new Set(
  'batch chat classify completion create embed embedding extend generate moderation parse post predict request rerank responses run sample search speech start stream summarization summarize transcription translation'.split(
    ' ',
  ),
);

/** `google.genai`, and also `from google import genai`; in TypeScript a module's name stands in quotes. */
function module(name: string, language: LanguageId): string {
  if (language === 'typescript') return `(?<=['"\`])${literal(name)}(?=['"\`])`;
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
