/** What stands at a place in code and speaks of rate limits: the error’s class, the SDK’s retries, a model’s name. */
import type { Sdk } from '../core/catalogue.ts';
import type { Span } from '../core/span.ts';
import type { Verdict } from '../core/verdict.ts';

export type RateLimitSymbol =
  /** `retries`: what all requests of the file are sent with. */
  | { readonly k: 'error-class'; readonly at: Span; readonly sdk: Sdk; readonly retries?: number }
  | { readonly k: 'retries'; readonly at: Span; readonly sdk: Sdk; readonly count: number }
  /** Any string that could be one; whoever measured limits knows which are. */
  | { readonly k: 'model'; readonly at: Span; readonly name: string };

export interface Code {
  readonly text: string;
  readonly language: Sdk['language'];
  readonly verdicts: readonly Verdict[];
}

export function symbolAt(code: Code, sdks: readonly Sdk[], offset: number): RateLimitSymbol | undefined {
  const spoken = sdks.filter(({ language, modules }) => language === code.language && imports(code, modules));
  return errorClassAt(code, spoken, offset) ?? retriesAt(code, spoken, offset) ?? modelAt(code.text, offset);
}

function errorClassAt(code: Code, sdks: readonly Sdk[], offset: number): RateLimitSymbol | undefined {
  const at = wordAt(code.text, offset);
  const name = code.text.slice(at.start, at.end);
  const named = sdks.filter(({ errors, http }) => !http && name !== '' && errors.rateLimit === name);
  const owner = ownerOf(code, name, at.start);
  const own = named.filter((sdk) => owner === undefined || isOf(sdk, owner));
  // The version that is installed decides; the requests tell which SDK that is.
  const sdk = own.find((one) => code.verdicts.some(({ request }) => request.sdk === one)) ?? own[0];
  // Of two SDKs that name it alike it is not told which one’s this is.
  if (!sdk || own.some(({ packageName }) => packageName !== sdk.packageName)) return undefined;
  const retries = retriesWith(code, sdk);
  return { k: 'error-class', at, sdk, ...(retries !== undefined && { retries }) };
}

function retriesWith({ verdicts }: Code, sdk: Sdk): number | undefined {
  const counts = verdicts
    .filter(({ request }) => request.sdk === sdk)
    .map(({ request: { client } }) =>
      client.retries.k === 'set'
        ? client.retries.count
        : client.retries.k === 'default'
          ? sdk.retry.default
          : undefined,
    );
  return counts.every((count) => count === counts[0]) ? counts[0] : undefined;
}

/** Where the name comes from: `anthropic.RateLimitError`, or the module that it is imported from. */
function ownerOf({ text, language }: Code, name: string, start: number): string | undefined {
  const before = /([\w$]+)\s*\??\.\s*$/.exec(text.slice(Math.max(0, start - 200), start));
  if (before) return before[1];
  const pattern =
    language === 'python'
      ? String.raw`\bfrom\s+([\w.]+)\s+import\s+(?:\([^)]*|[^\n]*)\b${name}\b`
      : String.raw`\bimport\s+(?:type\s+)?[^;'"]*\{[^}]*\b${name}\b[^}]*\}\s*from\s*['"]([^'"]+)['"]`;
  return new RegExp(pattern).exec(text)?.[1];
}

function isOf({ modules, errors, clients }: Sdk, owner: string): boolean {
  return [...modules, errors.module].some((module) => isWithin(owner, module)) || clients.has(owner);
}

function isWithin(module: string, root: string): boolean {
  return module === root || module.startsWith(`${root}.`) || module.startsWith(`${root}/`);
}

function retriesAt({ text, verdicts }: Code, sdks: readonly Sdk[], offset: number): RateLimitSymbol | undefined {
  const at = wordAt(text, offset);
  const name = text.slice(at.start, at.end);
  const given = /^['"]?\s*[=:]\s*/.exec(text.slice(at.end, at.end + 20));
  if (!given) return undefined;
  const valueAt = at.end + given[0].length;
  for (const { request } of verdicts) {
    const { sdk, client } = request;
    if (client.retries.k !== 'set' || !namesOf(sdk).includes(name)) continue;
    if (client.retries.at.at.start === valueAt) return { k: 'retries', at, sdk, count: client.retries.count };
  }
  const written = /^\d+/.exec(text.slice(valueAt, valueAt + 6))?.[0];
  const sdk = sdks.find((one) => namesOf(one).includes(name) && constructs(one, text.slice(0, at.start)));
  if (written === undefined || !sdk) return undefined;
  const count = Number(written) - (sdk.retry.counts === 'attempts' ? 1 : 0);
  return { k: 'retries', at, sdk, count };
}

function namesOf({ retry }: Sdk): readonly string[] {
  return [...(retry.option === undefined ? [] : [retry.option]), ...(retry.also ?? [])];
}

/** Whether the text ends within the arguments of one of the SDK’s clients. */
function constructs({ clients }: Sdk, text: string): boolean {
  const names = [...clients.keys()].filter((name) => name !== 'default').join('|');
  if (names === '') return false;
  return new RegExp(String.raw`\b(?:${names})\((?:[^()]|\([^()]*\))*$`).test(text.slice(-2000));
}

function modelAt(text: string, offset: number): RateLimitSymbol | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end);
  for (const match of line.slice(0, 1000).matchAll(/(['"`])([\w./:@-]{2,80})\1/g)) {
    const at = { start: start + match.index + 1, end: start + match.index + 1 + match[2]!.length };
    if (at.start <= offset && offset <= at.end) return { k: 'model', at, name: match[2]! };
  }
  return undefined;
}

function wordAt(text: string, offset: number): Span {
  const before = /[\w$]*$/.exec(text.slice(Math.max(0, offset - 100), offset))![0].length;
  const after = /^[\w$]*/.exec(text.slice(offset, offset + 100))![0].length;
  return { start: offset - before, end: offset + after };
}

function imports({ text, language }: Code, modules: readonly string[]): boolean {
  return modules.some((module) => {
    const name = module.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern =
      language === 'python'
        ? String.raw`^\s*(?:from\s+${name}(?:\.[\w.]+)?\s+import\b|import\s+(?:[\w., ]*\W)?${name}\b)`
        : String.raw`(?:\bfrom|\brequire\(|\bimport\(?)\s*['"]${name}(?:/[^'"]*)?['"]`;
    return new RegExp(pattern, 'm').test(text);
  });
}
