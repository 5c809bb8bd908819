/**
 * `npm run soak -- [steps] [seed] [folder]`: an afternoon of editing, played at random over real files in one session. No
 * step throws, every thousandth finds what a fresh analysis finds, and the heap stays as it was.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import process from 'node:process';
import v8 from 'node:v8';
import vm from 'node:vm';
import { apply } from '../../src/core/edit.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Analysis, Session } from '../../src/session/session.ts';
import { diskHost, startSession } from '../engine.ts';
import { type Random, randomFrom } from './random.ts';

const [steps = 200_000, seed = 1] = process.argv.slice(2, 4).map(Number);
const folder = process.argv[4] ?? join(import.meta.dirname, '..', 'fixtures');
const mostFiles = 50;
const checkEvery = 1000;

interface Open {
  readonly path: string;
  readonly original: string;
  text: string;
  undo: string[];
  redo: string[];
  /** What is being typed, and where the next letter goes. */
  typing: { readonly text: string; done: number; at: number } | undefined;
  language: string | undefined;
}

const statements = [
  '\nanswer = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}])\n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the typed program's template.
  "\nconst answer = await client.responses.create({ model: 'm', input: `a ${text}` });\n",
  '\ntry:\n    client.responses.create(model="m", input="x")\nexcept Exception:\n    pass\n',
  '\nfor (const one of many) { try { await client.embeddings.create({ input: one }); } catch {} }\n',
  '\n@retry\ndef again(text):\n    return client.responses.create(input=text)\n',
];

type Action = (document: Open, random: Random) => void;

const actions: readonly Action[] = [
  // Half-typed code, letter by letter over the next steps.
  (document) => {
    document.typing = { text: random.pick(statements), done: 0, at: lineEnd(document.text) };
  },
  (document) => {
    const at = random.below(document.text.length + 1);
    change(document, document.text.slice(0, at) + document.text.slice(at + 1 + random.below(30)));
  },
  // A paste from another file.
  (document) => {
    const lines = random.pick(documents).text.split('\n');
    const first = random.below(lines.length);
    const at = lineEnd(document.text);
    const pasted = lines.slice(first, first + 1 + random.below(12)).join('\n');
    change(document, `${document.text.slice(0, at)}\n${pasted}${document.text.slice(at)}`);
  },
  (document) => step(document, 'undo', 'redo'),
  (document) => step(document, 'undo', 'redo'),
  (document) => step(document, 'redo', 'undo'),
  // A name that is changed everywhere.
  (document) => {
    const names = document.text.match(/\b[a-z_]\w{2,}\b/g);
    if (!names) return;
    const name = random.pick(names);
    change(document, document.text.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}2`));
  },
  (document) => {
    session.close(document.path);
    document.typing = undefined;
    if (random.oneIn(2)) document.text = document.original;
  },
  // An editor that takes the file for one of another language, and back again.
  (document) => {
    session.close(document.path);
    document.language =
      document.language === undefined ? random.pick(['python', 'typescript', 'javascript']) : undefined;
  },
  (document) => {
    const lines = document.text.split('\n');
    const at = random.below(lines.length);
    const mark = extname(document.path) === '.py' ? '# ' : '// ';
    lines[at] = lines[at]!.startsWith(mark) ? lines[at]!.slice(mark.length) : mark + lines[at]!;
    change(document, lines.join('\n'));
  },
  (document) => change(document, document.original),
];

v8.setFlagsFromString('--expose-gc');
const collectGarbage: () => void = vm.runInNewContext('gc');

const random = randomFrom(seed);
const documents = realFiles();
const session = startSession(diskHost);
await session.setFiles(documents.map(({ path }) => path));
const heap: number[] = [];
let repairs = 0;
let slowest = 0;
const began = performance.now();

for (const document of documents) open(document);
for (let step = 1; step <= steps; step++) {
  const document = random.pick(documents);
  const before = performance.now();
  try {
    await edit(document);
  } catch (error) {
    console.error(`step ${step} of seed ${seed}, ${document.path}`);
    throw error;
  }
  slowest = Math.max(slowest, performance.now() - before);
  if (step % checkEvery === 0) await compare(step);
}
report();

function realFiles(): readonly Open[] {
  const all = globSync('**/*.{py,ts,tsx,js,mjs}', { cwd: folder }).sort();
  const chosen = new Set<string>();
  while (chosen.size < Math.min(mostFiles, all.length)) chosen.add(random.pick(all));
  return [...chosen].map((name) => {
    const path = join(folder, name);
    const original = readFileSync(path, 'utf8');
    return { path, original, text: original, undo: [], redo: [], typing: undefined, language: undefined };
  });
}

function open({ path, text, language }: Open): void {
  session.update(path, text, language);
}

async function edit(document: Open): Promise<void> {
  if (document.typing) typeOn(document);
  else random.pick(actions)(document, random);
  if (document.text.length > 2 * document.original.length + 2000) change(document, document.original);
  session.update(document.path, document.text, document.language);
  const analysing = session.analyze(document.path, defaultSettings);
  // The next keystroke comes while the analysis still runs.
  if (random.oneIn(10)) {
    change(document, `${document.text} `);
    session.update(document.path, document.text, document.language);
  }
  const analysis = await analysing;
  if (analysis) within(analysis);
  if (analysis && random.oneIn(10)) await repair(document, analysis);
}

async function repair(document: Open, analysis: Analysis): Promise<void> {
  if (analysis.findings.length === 0 || analysis.text !== document.text) return;
  const fixes = analysis.fixes(random.pick(analysis.findings));
  repairs += fixes.length;
  if (fixes.length > 0 && random.oneIn(5)) change(document, apply(document.text, random.pick(fixes).edits));
}

function within(analysis: Analysis): void {
  assert.deepEqual(
    analysis.problems.filter(({ message }) => !message.startsWith('Analysis stopped')),
    [],
  );
  for (const { at } of analysis.findings) assert.ok(0 <= at.start && at.end <= analysis.text.length);
}

function change(document: Open, text: string): void {
  document.undo.push(document.text);
  if (document.undo.length > 20) document.undo.shift();
  document.redo = [];
  document.text = text;
}

function typeOn(document: Open): void {
  const { typing, text } = document;
  const letter = typing!.text[typing!.done];
  if (letter === undefined || random.oneIn(40)) {
    document.typing = undefined;
    return;
  }
  const at = Math.min(typing!.at, text.length);
  change(document, text.slice(0, at) + letter + text.slice(at));
  typing!.at = at + 1;
  typing!.done++;
}

function lineEnd(text: string): number {
  const at = text.indexOf('\n', random.below(text.length + 1));
  return at < 0 ? text.length : at;
}

function step(document: Open, from: 'undo' | 'redo', to: 'undo' | 'redo'): void {
  const text = document[from].pop();
  if (text === undefined) return;
  document[to].push(document.text);
  document.text = text;
}

/** All documents as they are now, in the session that has seen every edit and in one that has seen none. */
async function compare(at: number): Promise<void> {
  const fresh = startSession(diskHost);
  await fresh.setFiles(documents.map(({ path }) => path));
  for (const { path, text, language } of documents) {
    fresh.update(path, text, language);
    session.update(path, text, language);
  }
  for (const { path } of documents)
    assert.deepEqual(await told(session, path), await told(fresh, path), `step ${at}, ${path}`);
  fresh.dispose();
  collectGarbage();
  heap.push(process.memoryUsage().heapUsed / 1e6);
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${at} steps, seed ${seed}, ${documents.length} files, ${repairs} repairs; ${(at / seconds).toFixed(0)} a second, slowest ${slowest.toFixed(0)} ms; heap ${heap.at(-1)!.toFixed(1)} MB, all ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
  );
}

async function told(one: Session, path: string) {
  const analysis = await one.analyze(path, defaultSettings);
  return analysis?.findings.map(({ rule, severity, message, at }) => ({ rule, severity, message, at }));
}

function report(): void {
  const quarter = Math.floor(heap.length / 4);
  if (quarter === 0) return;
  const [early, late] = [heap.slice(quarter, 2 * quarter), heap.slice(-quarter)].map(median);
  console.log(`heap: ${early!.toFixed(1)} MB in the second quarter, ${late!.toFixed(1)} MB in the last`);
  assert.ok(late! <= early! * 1.1, 'the heap grows');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
