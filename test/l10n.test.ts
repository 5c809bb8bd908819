/** Every word of our own is translated: what the code names, what package.json names, with the same placeholders and links. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { translator } from '../src/panel/words.ts';

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
