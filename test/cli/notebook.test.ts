/** Notebooks on the command line: places with their cell, repairs that leave the rest of the file alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, python } from './cli.ts';

/** As Jupyter writes it: a summary in words, two requests, pictures and odd letters among the outputs. */
const notebook = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a1",
   "metadata": {},
   "source": [
    "# Réviews\\n",
    "from openai import OpenAI"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "b2",
   "metadata": {"tags": ["setup" ]},
   "outputs": [],
   "source": [
    "%pip install -q openai\\n",
    "!nvidia-smi"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "c3",
   "metadata": {},
   "outputs": [],
   "source": [
    "from openai import OpenAI\\n",
    "\\n",
    "client = OpenAI()"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 2,
   "id": "d4",
   "metadata": {},
   "outputs": [
    {
     "data": {
      "image/png": "${'iVBORw0KGgo'.repeat(6000)}",
      "text/plain": ["<Figure \u2028 \\u00e9 \\ud83d\\ude00 😀>"]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "%%time\\n",
    "for review in [\\"bon\\", \\"\\u00e9\\"]:\\n",
    "    r = client.chat.completions.create(model=\\"m\\", messages=[])\\n",
    "    print(r)  # \\ud83d\\ude00"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 3,
   "id": "e5",
   "metadata": {},
   "outputs": [],
   "source": "r = client.chat.completions.create(model=\\"m\\", messages=[])\\r\\nr.id"
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Python 3",
   "language": "python",
   "name": "python3"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

test('text and JSON tell the cell and the line in it', async (context) => {
  const at = project(context, { 'a.ipynb': notebook, '.ipynb_checkpoints/a-checkpoint.ipynb': notebook });
  const { stdout, stderr, code } = await at.run('check');
  assert.equal(stderr, '');
  assert.equal(code, 1);
  assert.match(stdout, /^a\.ipynb:cell 3:3:9: warning: .+ \[unprotected-call\]\na\.ipynb:cell 4:1:5: information: /);
  assert.match(stdout, /^2 findings in 1 file: 1 warning, 1 information \(1 file looked at\)\.$/m);
  const { findings } = JSON.parse((await at.run('check', '--format', 'json')).stdout);
  const { path, cell, range } = findings[0];
  assert.deepEqual(
    [path, cell, range],
    ['a.ipynb', 3, { start: { line: 3, column: 9 }, end: { line: 3, column: 39 } }],
  );
  const all = JSON.parse((await at.run('check', '--format', 'json', '--no-ignore')).stdout);
  assert.equal(all.findings.length, 4);
});

test('SARIF and GitHub get the line of the file, SARIF the cell as well', async (context) => {
  const at = project(context, { 'a.ipynb': notebook });
  const line = notebook.split('\n').findIndex((text) => text.includes('    r = client')) + 1;
  const { stdout } = await at.run('check', '--format', 'github');
  assert.match(stdout, new RegExp(`^::warning file=a\\.ipynb,line=${line},endLine=${line},col=14,endColumn=44,`));
  const sarif = JSON.parse((await at.run('check', '--format', 'sarif')).stdout);
  const [{ physicalLocation, properties }] = sarif.runs[0].results[0].locations;
  assert.deepEqual(physicalLocation.region, { startLine: line, startColumn: 14, endLine: line, endColumn: 44 });
  assert.deepEqual(properties, { cell: 3, region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 39 } });
});

test('a repair changes the sources of its cells and no other byte', async (context) => {
  const at = project(context, { 'a.ipynb': notebook });
  const { code, stderr } = await at.run('fix', '--unsafe');
  assert.equal(code, 0);
  assert.match(stderr, /^a\.ipynb: 2 repairs\nRepaired 2 findings in 1 file\.$/m);
  const repaired = at.read('a.ipynb');
  const source = /"source": (?:\[.*?\n {3}\]|"(?:[^"\\]|\\.)*")/gs;
  const sources = (text: string): readonly string[] => [...text.matchAll(source)].map(([found]) => found);
  assert.equal(repaired.replaceAll(source, '…'), notebook.replaceAll(source, '…'));
  assert.deepEqual(sources(repaired).slice(0, 2), sources(notebook).slice(0, 2));
  const [, , setup, loop, last] = sources(repaired);
  assert.match(setup!, /\[\n {4}"import random\\n",\n {4}"import re\\n",\n/);
  assert.match(setup!, /\bRateLimitError\b.*"client = OpenAI\(\)"\n {3}\]$/s);
  assert.match(
    loop!,
    /\[\n {4}"%%time\\n",\n {4}"for review in \[\\"bon\\", \\"\\u00e9\\"\]:\\n",\n {4}" {4}started = /,
  );
  assert.match(loop!, /\n {4}" {4}print\(r\) {2}# \\ud83d\\ude00"\n {3}\]$/);
  assert.match(last!, /^"source": "started = time\.monotonic\(\)\\r\\n.+ {4}time\.sleep\(delay\)\\r\\nr\.id"$/);
  assert.deepEqual(JSON.parse((await at.run('check', '--format', 'json')).stdout).findings, []);
  await at.run('fix', '--unsafe');
  assert.equal(at.read('a.ipynb'), repaired);
});

test('--diff shows the file’s lines and writes nothing; standard input is repaired to standard output', async (context) => {
  const at = project(context, { 'a.ipynb': notebook });
  const { stdout } = await at.run('fix', '--fix', 'sdk-retries', '--diff');
  assert.equal(at.read('a.ipynb'), notebook);
  assert.match(stdout, /^--- a\/a\.ipynb\n\+\+\+ b\/a\.ipynb\n@@ /);
  assert.match(stdout, /^- {4}"client = OpenAI\(\)"\n\+ {4}"client = OpenAI\(max_retries=14\)"\n {4}\]\n/m);
  const piped = await at.pipe(notebook, 'fix', '-', '--stdin-filename', 'a.ipynb', '--fix', 'sdk-retries');
  assert.equal(piped.stdout, notebook.replace('"client = OpenAI()"', '"client = OpenAI(max_retries=14)"'));
});

test('explain names a line by cell and line, as a report shows it', async (context) => {
  const at = project(context, { 'a.ipynb': notebook });
  for (const place of ['a.ipynb:3:3', 'a.ipynb:cell 3:3:9']) {
    const { code, stdout } = await at.run('explain', place);
    assert.equal(code, 0);
    assert.match(stdout, /^a\.ipynb:cell 3:3:9: client\.chat\.completions\.create\n/);
    assert.match(stdout, /^ {2}line 3 of cell 2: /m);
  }
  const other = await at.run('explain', 'a.ipynb:2:1');
  assert.equal(other.code, 1);
  assert.match(other.stderr, /No request in line 1 of cell 2\. Requests stand in line 3 of cell 3, line 1 of cell 4\./);
  const whole = await at.run('explain', 'a.ipynb:3');
  assert.equal(whole.code, 2);
  assert.match(whole.stderr, /a\.ipynb:CELL:LINE/);
  const json = JSON.parse((await at.run('explain', 'a.ipynb:3:3', '--format', 'json')).stdout);
  assert.equal(json.requests[0].cell, 3);
  assert.deepEqual(json.requests[0].range.start, { line: 3, column: 9 });
});

test('helpers of the project count in a notebook', async (context) => {
  const helper = 'from openai import OpenAI\n\nclient = OpenAI()\n';
  const cells = ['from helpers import client', 'client.chat.completions.create(model="m", messages=[])'];
  const at = project(context, { 'requirements.txt': 'openai\n', 'helpers.py': helper, 'a.ipynb': small(cells) });
  const { findings } = JSON.parse((await at.run('check', '--format', 'json')).stdout);
  assert.deepEqual(
    findings.map(({ path, cell }: { path: string; cell: number }) => [path, cell]),
    [['a.ipynb', 1]],
  );
});

test('notebooks of other languages are left out, broken ones are a problem', async (context) => {
  const r = small(['library(openai)'], 'R');
  const at = project(context, { 'r.ipynb': r, 'broken.ipynb': '{"cells": [', 'a.py': python });
  const { stdout, stderr, code } = await at.run('check', '--verbose');
  assert.equal(code, 1);
  assert.match(stderr, /^broken\.ipynb: not analysed: a notebook that is not valid JSON/m);
  assert.match(stdout, /r\.ipynb: left out: a notebook in the language “r”/);
  const named = await at.run('check', 'r.ipynb');
  assert.equal(named.code, 2);
  assert.match(named.stderr, /r\.ipynb: not analysed: a notebook in the language “r”/);
  const fixed = await at.run('fix', '--unsafe', 'broken.ipynb');
  assert.equal(fixed.code, 2);
  assert.equal(at.read('broken.ipynb'), '{"cells": [');
});

function small(sources: readonly string[], language = 'python'): string {
  const cells = sources.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source }));
  return JSON.stringify({ cells, metadata: { kernelspec: { name: 'k', language } }, nbformat: 4, nbformat_minor: 5 });
}
