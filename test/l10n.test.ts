/** Every word of our own is translated: what the code names, what package.json names, with the same placeholders and links. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inEnglish, opening, say, teller } from '../src/core/words.ts';
import { causes, detection, prevention, versions, whatItMeans, workaround } from '../src/guide/guide.ts';
import { kinds } from '../src/guide/kinds.ts';
import { samples } from '../src/guide/samples.ts';
import { translator } from '../src/panel/words.ts';
import { rules } from '../src/rules/all.ts';
import { sdks } from '../src/sdks/all.ts';

const root = join(import.meta.dirname, '..');
const languages = ['de', 'es', 'ja', 'pt-br', 'zh-cn'];

type Words = Readonly<Record<string, string>>;

const read = (file: string): Words => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** The English sentences that the code has translated; each has to stand there as it is. */
function sentences(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const folder of ['src/extension', 'src/panel']) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.ts')) continue;
      const text = readFileSync(join(root, folder, path), 'utf8');
      for (const [whole, sentence] of text.matchAll(/(?:\bl10n\.|(?<![\w.]))t\(\s*(?:'((?:[^'\\]|\\.)*)'|.)/g)) {
        assert.ok(sentence !== undefined, `${folder}/${path}: what “${whole}” translates can't be told`);
        found.add(sentence);
      }
    }
  }
  return found;
}

/** The English sentences of the pure part: those that `say` is given as they are, and those that stand in data. */
function saidSentences(): ReadonlySet<string> {
  const found = new Set([
    ...rules.flatMap(({ summary, why, detect, prevent }) => [summary, why, detect, prevent]),
    whatItMeans,
    versions,
    ...causes.flatMap(({ title, text, fix }) => [title, text, fix]),
    ...[...detection, ...workaround, ...prevention].flatMap(({ title, text }) => [title, text]),
    ...Object.values(kinds).flatMap(({ title, cause, fixes }) => [title, cause, ...fixes]),
    ...samples.map(({ title }) => title),
    ...sdks.map(({ name }) => name),
  ]);
  for (const path of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const text = readFileSync(join(root, 'src', path), 'utf8').replaceAll(/\/\*\*.*?\*\//gs, '');
    for (const [, sentence] of text.matchAll(/\bsay\(\s*'((?:[^'\\]|\\.)*)',?\s*\)/g)) found.add(unescaped(sentence!));
    for (const { index } of text.matchAll(/\bsay`/g)) found.add(template(text, index + 'say`'.length));
  }
  // What is nothing but values, code and signs is the same everywhere.
  return new Set([...found].filter((one) => /\p{L}/u.test(one.replaceAll(/\{\d+\}|`[^`]*`/g, ''))));
}

/** The sentence of a tagged template from its first letter on, with numbers in place of its values. */
function template(text: string, start: number): string {
  let sentence = '';
  let values = 0;
  for (let at = start; text[at] !== '`'; at++) {
    if (text[at] === '\\') sentence += text.slice(at, ++at + 1);
    else if (text.startsWith('${', at)) {
      at = endOfValue(text, at + 2);
      sentence += `{${values++}}`;
    } else sentence += text[at];
  }
  return unescaped(sentence);
}

/** Where the brace stands that ends a value; a value may hold templates and braces of its own. */
function endOfValue(text: string, start: number): number {
  let depth = 1;
  let at = start;
  for (; ; at++) {
    if (text[at] === '`') for (at++; text[at] !== '`'; at++) if (text[at] === '\\') at++;
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
}

function unescaped(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll(/\\(.)/g, '$1');
}

/** What has to be the same in every language: placeholders, code, commands. */
function fixedParts(text: string): readonly string[] {
  return [...text.matchAll(/\{\d+\}|`[^`]+`|\(command:[^)]+\)/g)].map(([part]) => part).sort();
}

for (const language of languages) {
  test(`${language}: the code’s sentences are translated`, () => {
    const words = read(`l10n/bundle.l10n.${language}.json`);
    const english = sentences();
    assert.ok(english.size > 100);
    assert.deepEqual(
      [...english].filter((one) => !words[one]),
      [],
      'are not translated',
    );
    for (const [one, translated] of Object.entries(words))
      assert.deepEqual(fixedParts(translated), fixedParts(one), one);
  });

  test(`${language}: what is found, why, and what repairs do is translated`, () => {
    const words = read(`l10n/bundle.l10n.${language}.json`);
    const english = saidSentences();
    assert.ok(english.size > 500);
    assert.deepEqual(
      [...english].filter((one) => !words[one]),
      [],
      'are not translated',
    );
  });

  test(`${language}: package.json’s words are translated`, () => {
    const english = read('package.nls.json');
    const words = read(`package.nls.${language}.json`);
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
    for (const [key, translated] of Object.entries(words)) {
      assert.deepEqual(fixedParts(translated), fixedParts(english[key]!), key);
      assert.notEqual(translated.trim(), '', key);
    }
  });
}

test('package.json names words for all that a user reads, and each of them is there', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const english = read('package.nls.json');
  const { commands, walkthroughs, configuration, languageModelTools } = manifest.contributes;
  const steps = walkthroughs.flatMap((one: { steps: unknown[] }) => one.steps);
  const shown: readonly unknown[] = [
    manifest.description,
    ...commands.map(({ title }: Words) => title),
    ...[...walkthroughs, ...steps].flatMap(({ title, description }: Words) => [title, description]),
    ...steps.map(({ media }: { media: Words }) => media.altText),
    ...configuration.flatMap(({ title, properties }: { title: string; properties: Record<string, Words> }) => [
      title,
      ...Object.values(properties).map(({ markdownDescription }) => markdownDescription),
    ]),
    ...languageModelTools.flatMap(({ displayName, userDescription }: Words) => [displayName, userDescription]),
  ];
  for (const one of shown) assert.ok(/^%[^%]+%$/.test(String(one)) && english[String(one).slice(1, -1)], String(one));
});

test('a sentence without a translation stays English, and values stand where they belong', () => {
  const t = translator({ '{0} of {1}': '{1}: {0}' });
  assert.equal(t('{0} of {1}', 2, 3), '3: 2');
  assert.equal(t('{0} left', 4), '4 left');
});

test('words are told in English as they are written, and in a language by its own sentences and numbers', () => {
  const name = say('the loop');
  const words = say`${opening(name)} waits ${1.5} s for \`${'x'}\``;
  assert.equal(inEnglish(words), 'The loop waits 1.5 s for `x`');
  const german = teller(
    { 'the loop': 'die Schleife', '{0} waits {1} s for `{2}`': '{0} wartet {1} s auf `{2}`' },
    'de',
  );
  assert.equal(german(words), 'Die Schleife wartet 1,5 s auf `x`');
  assert.equal(german(say('not translated')), 'not translated');
});
