/** Programs that somebody has damaged: a stretch of a fixture with tokens and lines gone, doubled, swapped or made up. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Random, randomFrom } from './random.ts';

export interface Mutant {
  readonly path: string;
  readonly text: string;
}

interface Base extends Mutant {
  readonly lines: readonly string[];
}

const root = join(import.meta.dirname, '..', 'fixtures');
const bases = readdirSync(root)
  .flatMap((rule) => readdirSync(join(root, rule)).map((name) => join(root, rule, name)))
  .filter((path) => /\.(py|[cm]?[jt]sx?)$/.test(path))
  .map((path): Base => {
    const text = readFileSync(path, 'utf8');
    return { path: `mutant${extname(path)}`, text, lines: text.split('\n') };
  });
const mostLines = 40;

/** What editing leaves behind, and what nobody would write. */
const odd = [
  '\0',
  '\uFEFF',
  '\u2028',
  '\r',
  '\r\n',
  '\t',
  '\\',
  '\uD83D',
  '💥',
  '`',
  "'''",
  '"""',
  '${',
  '/*',
  '*/',
  '#',
  '//',
  '/',
];
const words: Readonly<Record<'python' | 'typescript', readonly string[]>> = {
  python:
    'if else: for while try: except finally: with async await def class return yield lambda import from as global match case raise pass break ( ) [ ] { } : , . = == := * ** @ -> | None True self f" " \' ... max_retries= **kw client openai retry'.split(
      ' ',
    ),
  typescript:
    'if else for while try catch finally async await function class return yield => import from as export default const let var new throw switch case break ( ) [ ] { } ; : , . ?. ! = == ... * < > | & ? ?? undefined this ` " \' maxRetries: as satisfies type interface client OpenAI pRetry'.split(
      ' ',
    ),
};

/** The same program for the same seed, as long as the fixtures stay. */
export function mutant(seed: number): Mutant {
  const random = randomFrom(seed);
  const base = random.pick(bases);
  const language = base.path.endsWith('.py') ? 'python' : 'typescript';
  let text = stretch(base, random);
  for (let left = 1 + random.below(4); left > 0; left--) text = random.pick(mutations)(text, random, language);
  return { path: base.path, text };
}

/** The imports and some lines in a row. */
function stretch({ lines }: Base, random: Random): string {
  if (lines.length <= mostLines) return lines.join('\n');
  const head = lines.filter((line) => /^(import|from|client|const \w+ = new)\b/.test(line)).slice(0, 12);
  const first = random.below(lines.length - mostLines);
  return [...head, ...lines.slice(first, first + mostLines)].join('\n');
}

type Mutation = (text: string, random: Random, language: 'python' | 'typescript') => string;

const mutations: readonly Mutation[] = [
  (text, random) => onToken(text, random, () => ''),
  (text, random) => onToken(text, random, (token) => `${token} ${token}`),
  (text, random, language) => onToken(text, random, (token) => `${token} ${random.pick(words[language])} `),
  (text, random, language) => onToken(text, random, () => random.pick(words[language])),
  (text, random) => onToken(text, random, (token) => token + random.pick(odd)),
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 1)),
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 0, lines[at]!)),
  (text, random) =>
    onLines(text, random, (lines, at) => lines.splice(at, 0, ...lines.splice(random.below(lines.length), 1))),
  (text, random) => onLines(text, random, (lines, at) => (lines[at] = `    ${lines[at]}`)),
  (text, random) => onLines(text, random, (lines, at) => (lines[at] = lines[at]!.replace(/^ {1,4}|^\t/, ''))),
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 0, random.pick(random.pick(bases).lines))),
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 1 + random.below(3))),
  (text, random) => onLines(text, random, (lines, at) => (lines[at] += random.pick(lines).trim())),
];

function onToken(text: string, random: Random, change: (token: string) => string): string {
  const tokens = [...text.matchAll(/\w+|[^\w\s]/g)];
  if (tokens.length === 0) return text;
  const { 0: token, index } = random.pick(tokens);
  return text.slice(0, index) + change(token) + text.slice(index + token.length);
}

function onLines(text: string, random: Random, change: (lines: string[], at: number) => unknown): string {
  const lines = text.split('\n');
  change(lines, random.below(lines.length));
  return lines.join('\n');
}
