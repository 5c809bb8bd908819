/** Notebooks: reading and writing their files, plain Python out of their cells, and analyses that keep to the cells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/core/edit.ts';
import { inEnglish } from '../../src/core/words.ts';
import { cellBreak, cellLineMap, joinCells, keepToCells, splitCells } from '../../src/session/cells.ts';
import { pythonOfCells } from '../../src/session/magics.ts';
import { type Notebook, readNotebook } from '../../src/session/notebook.ts';
import { analyze, preferred } from '../engine.ts';

function read(json: string): Notebook {
  const notebook = readNotebook(json);
  if ('problem' in notebook) throw new Error(notebook.problem);
  return notebook;
}

const kernel = { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } };
const code = (source: unknown, metadata: object = {}) => ({ cell_type: 'code', metadata, outputs: [], source });
const markdown = (source: unknown) => ({ cell_type: 'markdown', metadata: {}, source });
const format4 = (cells: readonly object[], metadata: object = kernel) => ({
  cells,
  metadata,
  nbformat: 4,
  nbformat_minor: 5,
});
const cellsOf = (notebook: object): readonly string[] => splitCells(read(JSON.stringify(notebook)).text);

test('the cells of format 4, as lists of lines or strings; other cells are empty', () => {
  const notebook = format4([markdown(['# Title\n']), code(['a = 1\n', 'b = 2']), code('c = 3\n'), code([]), code('')]);
  assert.deepEqual(cellsOf(notebook), ['', 'a = 1\nb = 2', 'c = 3\n', '', '']);
});

test('the cells of format 3, over all worksheets, with line ends or without', () => {
  const cell = (input: unknown, language = 'python') => ({ cell_type: 'code', input, language, outputs: [] });
  const notebook = {
    metadata: { name: 'old' },
    nbformat: 3,
    nbformat_minor: 0,
    worksheets: [
      { cells: [{ cell_type: 'heading', level: 1, source: ['Old'] }, cell(['a = 1\n', 'b = 2'])] },
      { cells: [cell(['c = 3', 'd = 4']), cell('e = 5'), cell(['puts 1'], 'ruby')] },
    ],
  };
  assert.deepEqual(cellsOf(notebook), ['', 'a = 1\nb = 2', 'c = 3\nd = 4', 'e = 5', '']);
  const json = JSON.stringify(notebook, undefined, 1);
  const changed = read(json).withCells(joinCells(['', 'a = 1\nb = 2', 'c = 3\nx = 0\nd = 4', 'e = 5', '']));
  assert.deepEqual(JSON.parse(changed).worksheets[1].cells[0].input, ['c = 3', 'x = 0', 'd = 4']);
});

test('the language of the kernel, and of cells that an editor holds to be in another one', () => {
  const language = (metadata: object) => read(JSON.stringify(format4([code('1')], metadata))).language;
  assert.equal(language({}), 'python');
  assert.equal(language({ kernelspec: { name: 'python3' } }), 'python');
  assert.equal(language({ language_info: { name: 'python', version: '3.12' } }), 'python');
  assert.equal(language({ kernelspec: { name: 'deno', language: 'typescript' } }), 'typescript');
  assert.equal(language({ kernelspec: { name: 'coconut', language: 'coconut' } }), 'python');
  assert.equal(language({ kernelspec: { name: 'ir', language: 'R' } }), 'r');
  assert.equal(language({ kernelspec: { name: 'julia-1.10' } }), 'julia-1.10');
  const sql = { vscode: { languageId: 'sql' } };
  assert.deepEqual(cellsOf(format4([code('select 1', sql), code('a')])), ['', 'a']);
});

test('what is no notebook is told', () => {
  const problem = (json: string) => {
    const notebook = readNotebook(json);
    return 'problem' in notebook ? notebook.problem : undefined;
  };
  assert.match(problem('{"cells": [\n  oops]}')!, /not valid JSON \(line 2, column 3, /);
  assert.match(problem('')!, /not valid JSON/);
  assert.match(problem('{"cells": [], }')!, /not valid JSON/);
  assert.match(problem('{"a": 1}')!, /has no cells/);
  assert.match(problem('[]')!, /has no cells/);
  assert.equal(problem('{"cells": []}'), undefined);
  assert.match(problem('['.repeat(200_000))!, /not valid JSON/);
});

test('writing a cell leaves every other byte as it was', () => {
  const layouts: readonly ((value: object) => string)[] = [
    (value) => JSON.stringify(value),
    (value) => `${JSON.stringify(value, undefined, 1)}\n`,
    (value) => JSON.stringify(value, undefined, '\t').replaceAll('\n', '\r\n'),
    (value) => `\uFEFF${JSON.stringify(value, undefined, 4)}`,
    (value) => JSON.stringify(value, undefined, 2).replace(/[\u0080-\uFFFF]/g, escaped),
  ];
  const outputs = [{ output_type: 'stream', name: 'stdout', text: ['é \u2028 \u{1F600} \u0007 </script>\n'] }];
  const before = ['', 'é = "\u{1F600}"\nb = 2\nc = 3', 'd = 4\n', ''];
  const after = ['', 'import time\né = "\u{1F600}"\nb = "\u{1F601}"\nc = 3\n', 'd = "\u{1F602}\\n"\n', ''];
  for (const layout of layouts) {
    for (const [cell, source] of before.entries()) {
      const lines = (text: string) => text.match(/[^\n]*\n|[^\n]+/g) ?? [];
      for (const shape of [lines, (text: string) => text]) {
        const make = (sources: readonly string[]) =>
          layout(
            format4([
              markdown(['# é\n']),
              { ...code(shape(sources[1]!)), outputs },
              code(shape(sources[2]!)),
              code(sources[3] === '' ? [] : shape(sources[3]!)),
            ]),
          );
        const sources = before.map((text, index) => (index === cell ? after[index]! : text));
        const notebook = read(make(before));
        assert.equal(notebook.withCells(notebook.text), make(before));
        assert.equal(notebook.withCells(joinCells(sources)), make(sources), source);
      }
    }
  }
});

test('lines that did not change keep their escapes; an empty source gets the layout of its file', () => {
  const json =
    '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": ["a = \\"\\u00e9\\/\\"\\n", "b"]\n  },\n  {\n   "cell_type": "code",\n   "source": []\n  }\n ]\n}\n';
  const changed = read(json).withCells(joinCells(['a = "é/"\nb = 2', 'c\nd']));
  assert.equal(
    changed,
    json.replace('"b"]', '"b = 2"]').replace('"source": []', '"source": [\n    "c\\n",\n    "d"\n   ]'),
  );
});

test('an offset of the cells is found in the file', () => {
  for (const source of [['é = 1\n', '\t"x"; y'], 'é = 1\n\t"x"; y']) {
    const json = JSON.stringify(format4([markdown('#'), code(source)]), undefined, 1).replace('é', '\\u00e9');
    const { text, fileOffset } = read(json);
    const at = (word: string) => json.slice(fileOffset(text.indexOf(word)));
    assert.match(at('é'), /^\\u00e9/);
    assert.match(at('= 1'), /^= 1/);
    assert.match(at('"x"'), /^\\"x\\"/);
    assert.match(at('y'), /^y"/);
    assert.match(json.slice(fileOffset(text.length)), /^"/);
  }
});

test('lines count within their cell', () => {
  const text = joinCells(['a\nb', '', 'c\r\ndef']);
  const lines = cellLineMap(text);
  const place = (offset: number) => {
    const { cell, line, column } = lines.position(offset);
    return [cell, line, column];
  };
  assert.deepEqual(place(0), [0, 0, 0]);
  assert.deepEqual(place(text.indexOf('b') + 1), [0, 1, 1]);
  assert.deepEqual(place(text.indexOf('c')), [2, 0, 0]);
  assert.deepEqual(place(text.indexOf('ef')), [2, 1, 1]);
  assert.deepEqual(place(text.length + 5), [2, 1, 3]);
  for (let offset = 0; offset <= text.length; offset++) {
    const position = lines.position(offset);
    // Between the two letters of a line end there is no place of its own.
    if (!text.startsWith('\n', offset) || text[offset - 1] !== '\r')
      assert.deepEqual(lines.position(lines.offset(position)), position);
  }
  const over = lines.range({ start: 0, end: text.length });
  assert.deepEqual(over.end, { cell: 0, line: 1, column: 1 });
});

test('commands of IPython are blanked out, and nothing else', () => {
  const python = (source: string): string => {
    const plain = pythonOfCells(source);
    assert.equal(plain.length, source.length);
    assert.deepEqual([...plain.matchAll(/\r?\n/g)].map(at), [...source.matchAll(/\r?\n/g)].map(at));
    return plain;
  };
  const at = ({ index }: RegExpMatchArray) => index;
  assert.equal(python('%pip install openai\nimport openai'), '#pip install openai\nimport openai');
  assert.equal(python('!ls \\\n  -la\nx = 1'), '#ls \\\n# -la\nx = 1');
  assert.equal(python('if a:\n    !ls\n    %cd ..'), 'if a:\n    0#s\n    0#d ..');
  assert.equal(python('files = !ls -a'), 'files = 0#s -a');
  assert.equal(python("a['k'], b = %sql select 1"), "a['k'], b = 0#ql select 1");
  assert.equal(python('%time x = f(a)'), '0;    x = f(a)');
  assert.equal(python('  %timeit -n 10 -r3 f()'), `  0;${' '.repeat(16)}f()`);
  assert.equal(python('r = %time f()'), 'r =       f()');
  assert.equal(python('%time'), '#time');
  assert.equal(python('% pip install openai'), '# pip install openai');
  assert.equal(python('?print\nprint?\nos.path.join??'), '#print\n#rint?\n#s.path.join??');
  assert.equal(python('%%time\nf()'), '#%time\nf()');
  assert.equal(python('\r\n%%capture out\r\nf()'), '\r\n#%capture out\r\nf()');
  assert.equal(python('pip install -q openai'), '#ip install -q openai');
  for (const whole of ['bash', 'javascript', 'html', 'writefile a.py', 'sql', 'python2', '!'])
    assert.equal(python(`%%${whole}\nclient.f()`).trim(), '');
  for (const same of [
    "prompt = '''\n!important\n%s\nwhat?\n'''\nf(prompt)",
    'x = (a\n % b\n)',
    'x = a \\\n % b',
    'print(f"{x=!r} {y=!s}")',
    "d = {'a=!': '%time'}  # !ls\nx %= 3\nx = '%d' % 3",
    'await f()\nfor x in y: pass',
    '"""what?\n!no\n"""',
    "s = 'it\\'s'\nls = [1]\nls[0]",
    'client.create(a=1,\n# %pip\nb=2)',
  ])
    assert.equal(python(same), same);
});

test('a cell whose string does not end does not take the following ones with it', () => {
  const text = joinCells(['a = """', 'b = 1']);
  assert.equal(pythonOfCells(text), '       \n\f\nb = 1');
});

const imports = 'from openai import OpenAI\n\nclient = OpenAI()';
const request = 'client.chat.completions.create(model="m", messages=[])';

test('the cells are one program: findings stand in theirs, related places in theirs', async () => {
  const text = joinCells([
    '',
    '%pip install -q openai',
    imports,
    '%%bash\npython -c "import openai"',
    `%%time\ndef ask(q):\n    !echo {q}\n    return ${request}`,
    'answers = [ask(q) for q in questions]',
    'r = await other()',
  ]);
  const analysis = await analyze('/n/a.ipynb', text, undefined, undefined, 'python');
  const { lines, findings } = analysis;
  assert.equal(findings.length, 1);
  assert.deepEqual(lines.position(findings[0]!.at.start), { cell: 4, line: 3, column: 11 });
  assert.equal(findings[0]!.severity, 'warning');
  assert.deepEqual(analysis.problems, []);
});

test('a repair of one cell writes into the cell of the imports and into its own', async () => {
  const text = joinCells(['# a heading', imports, '', `for q in range(3):\n    r = ${request}`]);
  const analysis = await analyze('/n/a.ipynb', text, undefined, undefined, 'python');
  const [fix] = preferred(analysis);
  const cells = splitCells(apply(text, fix!.edits));
  assert.equal(cells.length, 4);
  assert.equal(cells[0], '# a heading');
  assert.match(cells[1]!, /^import random\n.*openai import .*RateLimitError.*def retry_delay.*client = OpenAI\(\)$/s);
  assert.equal(cells[2], '');
  assert.match(cells[3]!, /^for q in range\(3\):\n {4}started.*except .*RateLimitError.* as error:/s);
  assert.deepEqual((await analyze('/n/a.ipynb', apply(text, fix!.edits), undefined, undefined, 'python')).findings, []);
});

test('imports that end a cell are followed by new ones within it', async () => {
  const use = `client = OpenAI()\nfor q in a:\n    ${request}`;
  const text = joinCells(['from openai import OpenAI', use, 'x = 1\r\ny = 2']);
  const analysis = await analyze('/n/a.ipynb', text, undefined, undefined, 'python');
  assert.equal(analysis.findings.length, 1);
  const cells = splitCells(apply(text, preferred(analysis)[0]!.edits));
  assert.match(cells[0]!, /openai import .*RateLimitError.*\n {4}return delay if [^\n]+$/s);
  assert.equal(cells[2], 'x = 1\r\ny = 2');
});

test('an ignore comment goes to the line of its cell, and below the command of the whole cell', async () => {
  const text = joinCells([`%%time\nfrom openai import OpenAI\nOpenAI().${request.slice(7)}`, 'x = 1']);
  const analysis = await analyze('/n/a.ipynb', text, undefined, undefined, 'python');
  const [finding] = analysis.findings;
  const ignored = (where: 'line' | 'file') => splitCells(apply(text, analysis.ignore(finding!, where)!.edits))[0]!;
  assert.match(ignored('line'), /messages=\[\]\) {2}# rate-limit-guide: ignore\[unprotected-call\]$/);
  assert.match(ignored('file'), /^%%time\n# rate-limit-guide: ignore-file\nfrom/);
});

test('edits keep to their cells, or are refused', () => {
  const text = joinCells(['', '%%time\r\na\r\nb', '%pip x\nc', '%%bash\nd', 'e']);
  const plain = pythonOfCells(text);
  const put = (start: number, end: number, written: string): string | readonly string[] => {
    const kept = keepToCells({ edits: [{ span: { start, end }, text: written }] }, text, plain);
    return 'refused' in kept ? inEnglish(kept.refused) : splitCells(apply(text, kept.edits));
  };
  const rest = ['%pip x\nc', '%%bash\nd', 'e'];
  assert.deepEqual(put(0, 0, 'import z\n'), ['', '%%time\r\nimport z\r\na\r\nb', ...rest]);
  const afterB = text.indexOf('b\n\0') + 1;
  assert.deepEqual(put(afterB, afterB, '\n\nz\n\n'), ['', '%%time\r\na\r\nb\r\n\r\nz', ...rest]);
  assert.deepEqual(put(afterB + 1, afterB + 1, 'z\n'), ['', '%%time\r\na\r\nb\r\nz', ...rest]);
  assert.deepEqual(put(afterB + 2, afterB + 2, '\nz'), ['', '%%time\r\na\r\nb', 'z\n%pip x\nc', '%%bash\nd', 'e']);
  const bash = text.indexOf('%%bash');
  assert.deepEqual(put(bash, bash, 'z\n'), ['', '%%time\r\na\r\nb', '%pip x\nc', '%%bash\nd', 'z\ne']);
  const pip = text.indexOf('%pip');
  assert.deepEqual(put(pip, pip, 'z\n'), ['', '%%time\r\na\r\nb', 'z\n%pip x\nc', '%%bash\nd', 'e']);
  assert.match(String(put(afterB - 1, pip, 'z')), /several cells/);
  assert.match(String(put(pip, pip + 4, 'z')), /magic command/);
  assert.match(String(put(pip + 2, pip + 2, '\nz')), /magic command/);
  assert.equal(cellBreak.length, 3);
});

test('a call under %time is repaired in its line', async () => {
  const text = joinCells([imports, `%time r = ${request}`]);
  const analysis = await analyze('/n/a.ipynb', text, undefined, undefined, 'python');
  const cells = splitCells(apply(text, preferred(analysis)[0]!.edits));
  assert.match(cells[1]!, /^%time r = with_backoff\([^\n]+$/);
});

test('a cell that can’t be run does not spoil the others', async () => {
  const loop = `for q in a:\n    ${request}`;
  for (const broken of [
    'foo(',
    'def f(:\n  x = ',
    '{"a": 1, ...',
    'else:\n    y',
    ')))',
    'f"{x',
    '```\nx\n```',
    'what is this',
  ]) {
    for (const cells of [
      [broken, imports, loop],
      [imports, broken, loop],
      [imports, loop, broken],
    ]) {
      const text = joinCells(cells);
      const analysis = await analyze('/n/a.ipynb', text, undefined, undefined, 'python');
      const repaired = preferred(analysis).map(({ edits }) => splitCells(apply(text, edits)));
      assert.equal(repaired.length, 1, broken);
      assert.equal(repaired[0]![cells.indexOf(broken)], broken);
    }
  }
});

test('what a cell shows at its end is still shown after a repair', async () => {
  const text = joinCells([
    imports.replace('OpenAI', 'AsyncOpenAI, OpenAI'),
    request,
    `await AsyncOpenAI().${request.slice(7)}  # shown\n\n`,
    `r = ${request}`,
    `${request}\nprint()`,
    `for q in a:\n    ${request}`,
    request,
  ]);
  const analysis = await analyze('/n/a.ipynb', text, undefined, undefined, 'python');
  const repaired = analysis.findings.map((finding) => splitCells(apply(text, analysis.fixes(finding)[0]!.edits)));
  assert.deepEqual(
    repaired.map((cells, index) => /^(?:await )?with_backoff(?:_async)?\(/.test(cells[index + 1]!)),
    [true, true, false, false, false, true],
  );
});

test('cells of a TypeScript kernel', async () => {
  const text = joinCells([
    'import OpenAI from "npm:openai";\nconst client = new OpenAI();',
    '',
    'const r = await client.chat.completions.create({ model: "m", messages: [] });',
  ]);
  const { findings, lines } = await analyze('/n/a.ipynb', text, undefined, undefined, 'typescript');
  assert.deepEqual(
    findings.map(({ at }) => lines.position(at.start)),
    [{ cell: 2, line: 0, column: 16 }],
  );
});

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
