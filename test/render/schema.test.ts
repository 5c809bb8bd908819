/** The settings' schemas and the README's tables say what the rules and the fields say; `UPDATE=1` writes them. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { fields, valueAt } from '../../src/render/fields.ts';
import { fillSections, readmeSections } from '../../src/render/readme.ts';
import { configSchema, editorConfiguration, editorWords } from '../../src/render/schema.ts';
import { rules } from '../../src/rules/all.ts';

const root = new URL('../../', import.meta.url);

/** Compares a generated file with what it should be, or writes it. */
function generated(name: string, make: (now: string) => string): void {
  const file = new URL(name, root);
  const now = readFileSync(file, 'utf8');
  const wanted = make(now);
  if (process.env.UPDATE && now !== wanted) writeFileSync(file, wanted);
  else assert.equal(now, wanted, `${name} is out of date: UPDATE=1 npm test -- unit writes it`);
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** The formatter sets a list of words in one line where it fits. */
const inlined = (text: string) =>
  text.replace(/^(.*)\[\n([^[\]{}]*)\n\s*\](,?)$/gm, (whole, before: string, items: string, comma: string) => {
    const line = `${before}[${items.trim().replace(/\n\s*/g, ' ')}]${comma}`;
    return line.length <= 120 ? line : whole;
  });

test('media/config.schema.json', () => generated('media/config.schema.json', () => inlined(json(configSchema(rules)))));

test('contributes.configuration in package.json', () =>
  generated('package.json', (now) => {
    const manifest = JSON.parse(now);
    return json({ ...manifest, contributes: { ...manifest.contributes, configuration: editorConfiguration(rules) } });
  }));

test('the settings’ words in package.nls.json', () =>
  generated('package.nls.json', (now) => {
    const others = Object.entries(JSON.parse(now)).filter(([key]) => !key.startsWith('setting'));
    return json({ ...Object.fromEntries(others), ...editorWords() });
  }));

test('the tables in README.md', () => generated('README.md', (now) => fillSections(now, readmeSections(rules))));

test('every setting that the engine knows is a field with the same default', () => {
  const shared = fields.filter(({ where }) => where === 'shared');
  for (const { key, kind } of shared) assert.deepEqual(kind.default, valueAt(defaultSettings, key), key);
  const leaves = Object.entries(defaultSettings).flatMap(([key, value]) =>
    key === 'retry' || key === 'throttle' ? Object.keys(value).map((part) => `${key}.${part}`) : [key],
  );
  assert.deepEqual(shared.map(({ key }) => key).sort(), leaves.sort());
});

test('sections are filled between their marks, and missing marks are told', () => {
  const readme = '# R\n<!-- rules -->\nold\n<!-- /rules -->\ntext\n<!-- settings --><!-- /settings -->\n';
  const sections = readmeSections([{ id: 'a-b', summary: 'Either a | b.', severity: 'hint' }]);
  const filled = fillSections(readme, sections);
  assert.ok(filled.startsWith('# R\n<!-- rules -->\n\n| Rule | Severity | What it finds |\n| --- | --- | --- |\n'));
  assert.ok(filled.includes('| `a-b` | hint | Either a \\| b. |\n\n<!-- /rules -->\ntext\n'));
  assert.ok(filled.includes('| `rateLimitGuide.retry.maxAttempts` ¹ | `7` |'));
  assert.equal(fillSections(filled, sections), filled);
  assert.throws(() => fillSections('# R', sections), /No section between <!-- rules -->/);
});
