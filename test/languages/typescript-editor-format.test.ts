/** Repairs in files that a formatter lays out: the formatter finds nothing to change in what was written. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Editor, Written } from '../../src/core/editor.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Request } from '../../src/core/verdict.ts';
import { edited } from './typescript-repair.ts';

const { retry } = defaultSettings;
const head = "import OpenAI from 'openai';\n\nconst client = new OpenAI();\n\n";
const short = "client.responses.create({ model: 'm', input: q })";
const long = "client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: q }] })";
const lines = (call: string) => call.replace('({', '({\n').replace(' })', '\n})');

const named = 'client.chat.completions.create(theParametersOfThisRequest)';

const bodies: readonly string[] = [
  ...[short, long, lines(long)].flatMap((call) => [
    `export const f = (q: string) => ${call};\n`,
    `export const f = async (q: string) => await ${call};\n`,
    `export async function f(q: string) {\n  const r = await ${call};\n  return r.id;\n}\n`,
    `export async function f(q: string) {\n  return await ${call};\n}\n`,
    `export async function f(q: string) {\n  const { id } = await ${call};\n  return id;\n}\n`,
    `export async function f(q: string) {\n  if (q) {\n    await ${call};\n  }\n}\n`,
    `export async function f(qs: string[]) {\n  return await Promise.all(\n    qs.map(async (q) => {\n      const r = await ${call};\n      return r.id;\n    }),\n  );\n}\n`,
    `export async function f(qs: string[]) {\n  return await Promise.all(qs.map((q) => ${call}));\n}\n`,
  ]),
  // Behind an argument of another kind an object stays on the line.
  `export const f = (q: string) => ${named};\n`,
  `export async function f(q: string) {\n  return await ${named};\n}\n`,
  `export async function f(q: string) {\n  if (q) {\n    await ${named};\n  }\n}\n`,
];

/** Clients with more and more options. */
const clients = ['', ", project: 'p'", ", baseURL: 'https://api.openai.com/v1'"].flatMap((more) =>
  ['', ', timeout: 60_000'].map(
    (last) =>
      `import OpenAI from 'openai';\n\nconst client = new OpenAI({ apiKey: process.env.OPENAI_KEY${more}${last} });\nexport const f = async (q: string) => await ${short};\n`,
  ),
);

const kinds: Readonly<Record<string, (edit: Editor, request: Request) => Written>> = {
  backoff: (edit, request) => edit.backoff(request, retry),
  helper: (edit, request) => edit.helper(request, retry),
  library: (edit, request) => edit.library(request, retry),
  'log-limits': (edit, request) => edit.logLimits(request),
};

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const folder = mkdtempSync(join(tmpdir(), 'format-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function format(place: string): void {
  execFileSync(process.execPath, [biome, 'format', '--write', '--config-path', place, place], { stdio: 'pipe' });
}

const manners = [
  { trailingCommas: 'all', arrowParentheses: 'always' },
  { trailingCommas: 'es5', arrowParentheses: 'avoid' },
  { trailingCommas: 'none', arrowParentheses: 'avoid' },
] as const;

for (const lineWidth of [80, 100, 120])
  for (const [at, indentStyle] of ['space', 'tab', 'space'].entries()) {
    const { trailingCommas, arrowParentheses } = manners[at]!;
    test(`${lineWidth} columns, indented by ${indentStyle}s, commas ${trailingCommas}`, () => {
      const place = join(folder, `${lineWidth}-${at}`);
      mkdirSync(place);
      const formatter = { lineWidth, indentStyle };
      const own = { trailingCommas, arrowParentheses: arrowParentheses === 'avoid' ? 'asNeeded' : arrowParentheses };
      writeFileSync(
        join(place, 'biome.json'),
        JSON.stringify({ formatter, javascript: { formatter: { quoteStyle: 'single', ...own } } }),
      );
      // The second function shows how the file is indented.
      const tail = '\nexport function g() {\n  return 1;\n}\n';
      for (const [index, body] of bodies.entries()) writeFileSync(join(place, `${index}.ts`), head + body + tail);
      for (const [index, text] of clients.entries()) writeFileSync(join(place, `client-${index}.ts`), text + tail);
      format(place);
      const written = bodies.flatMap((_, index) =>
        Object.entries(kinds).map(([name, write]) => {
          const text = edited(readFileSync(join(place, `${index}.ts`), 'utf8'), write, {
            around: {
              format: { formatter: 'biome', lineWidth, trailingCommas, arrowParentheses },
              packages: new Map([['p-retry', '7.1.1']]),
            },
          });
          assert.doesNotMatch(text, /^refused/);
          const path = join(place, `${index}-${name}.ts`);
          writeFileSync(path, text);
          return { path, text };
        }),
      );
      for (const index of clients.keys()) {
        const path = join(place, `client-${index}.ts`);
        const text = edited(readFileSync(path, 'utf8'), (edit, request) => edit.sdkRetries(request, 14), {
          around: { format: { formatter: 'biome', lineWidth, trailingCommas, arrowParentheses } },
        });
        assert.match(text, /maxRetries: 14/);
        writeFileSync(path, text);
        written.push({ path, text });
      }
      format(place);
      for (const { path, text } of written) assert.equal(text, readFileSync(path, 'utf8'));
    });
  }
