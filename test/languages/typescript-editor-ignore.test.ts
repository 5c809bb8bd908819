/** The repair `ignore` in TypeScript and JavaScript: where the comment goes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/core/edit.ts';
import { lineMap } from '../../src/core/span.ts';
import { suppressions } from '../../src/core/suppress.ts';
import { inEnglish } from '../../src/core/words.ts';
import { grammarOf } from '../../src/languages/syntax.ts';
import { editTypescript } from '../../src/languages/typescript/editor.ts';
import { syntax } from '../wasm.ts';

/** Ignores `rules` at the place of `@@` in the text. */
function ignored(marked: string, where: 'line' | 'file' = 'line', rules = ['some-rule'], path = 'a.tsx'): string {
  const start = Math.max(0, marked.indexOf('@@'));
  const text = marked.replace('@@', '');
  const tree = syntax.parse(text, grammarOf(path)!)!;
  try {
    const written = editTypescript(tree).ignore({ start, end: start + 1 }, rules, where);
    return 'refused' in written ? `refused: ${inEnglish(written.refused)}` : apply(text, written.edits);
  } finally {
    tree.delete();
  }
}

const comment = '// rate-limit-guide: ignore[some-rule]';

const lines: Readonly<Record<string, readonly [string, string]>> = {
  'at the end of the line': ['f();\n@@g();\nh();\n', `f();\ng(); ${comment}\nh();\n`],
  'at the end of the text': ['@@g()', `g() ${comment}`],
  'before the white space at the end': ['@@g();  \nh();\n', `g(); ${comment}  \nh();\n`],
  'on the first line of a long call': ['@@g({\n  a,\n});\n', `g({ ${comment}\n  a,\n});\n`],
  'behind another comment': ['@@g(); // why\n', `g(); // why ${comment}\n`],
  CRLF: ['@@g();\r\nh();\r\n', `g(); ${comment}\r\nh();\r\n`],
  'in the list that is there': [
    '@@g(); // rate-limit-guide: ignore[other] -- because\n',
    'g(); // rate-limit-guide: ignore[other, some-rule] -- because\n',
  ],
  'in the list above': [
    '  // rate-limit-guide: ignore[other]\n  @@g();\n',
    '  // rate-limit-guide: ignore[other, some-rule]\n  g();\n',
  ],
  'above a line that ends in a template': ['  @@g(`a\nb`);\n', `  ${comment}\n  g(\`a\nb\`);\n`],
  'above a line that ends in a block comment': ['  @@g(); /* a\n b */\n', `  ${comment}\n  g(); /* a\n b */\n`],
  'in the braces of JSX': ['<p>\n  {@@g({\n    a })}\n</p>;\n', `<p>\n  {g({ ${comment}\n    a })}\n</p>;\n`],
  'among the children of JSX': [
    '<p>\n  {@@g()}\n</p>;\n',
    '<p>\n  {/* rate-limit-guide: ignore[some-rule] */}\n  {g()}\n</p>;\n',
  ],
  'the BOM stays first': ['\uFEFF@@g(`\n`);\n', `\uFEFF${comment}\ng(\`\n\`);\n`],
};

for (const [name, [before, after]] of Object.entries(lines)) {
  test(`A line: ${name}`, () => {
    assert.equal(ignored(before), after);
    const tree = syntax.parse(after, 'tsx')!;
    const found = suppressions(
      after,
      lineMap(after),
      (offset) => tree.root.descendantForIndex(offset)?.type === 'comment',
    );
    const line = lineMap(after).position(after.indexOf('g(')).line;
    assert.ok(
      found.some((one) => one.rules?.includes('some-rule') && one.lines !== 'file' && one.lines.includes(line)),
    );
    tree.delete();
  });
}

test('A line: nowhere', () => {
  assert.match(ignored(`const a = \`x\n\${@@g()} y\nz\`;\n`), /^refused: A comment can stand neither/);
  assert.match(ignored('@@g(); // rate-limit-guide: ignore\n'), /^refused: The line already/);
  assert.match(ignored(`@@g(); ${comment}\n`), /^refused: The line already/);
});

const line = '// rate-limit-guide: ignore-file';

test('A file: at the top, behind a shebang and the BOM', () => {
  assert.equal(ignored('f();\n', 'file'), `${line}\nf();\n`);
  assert.equal(ignored("'use client';\nf();\n", 'file'), `${line}\n'use client';\nf();\n`);
  assert.equal(ignored('#!/usr/bin/env node\nf();\n', 'file'), `#!/usr/bin/env node\n${line}\nf();\n`);
  assert.equal(ignored('\uFEFFf();\r\n', 'file'), `\uFEFF${line}\r\nf();\r\n`);
  assert.match(ignored(`${line}\nf();\n`, 'file'), /^refused: The file is ignored already/);
});
