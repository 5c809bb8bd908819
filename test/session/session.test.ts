/** The session between edits: newer texts, other files, bad input, and the time budget. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/core/edit.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { inEnglish } from '../../src/core/words.ts';
import { libraries } from '../../src/libraries/all.ts';
import { rules } from '../../src/rules/all.ts';
import { sdks } from '../../src/sdks/all.ts';
import { keys } from '../../src/sdks/keys.ts';
import { createSession, type Session } from '../../src/session/session.ts';
import { memoryHost, startSession } from '../engine.ts';
import { syntax } from '../wasm.ts';

const client = 'from openai import OpenAI\n\nclient = OpenAI()\n';
const ask = 'from client import client\n\nclient.responses.create(model="m", input="x")\n';

async function messages(session: Session, path: string): Promise<readonly string[] | undefined> {
  return (await session.analyze(path, defaultSettings))?.findings.map(({ message }) => inEnglish(message));
}

test('a newer edit drops the analysis of an older text', async () => {
  const session = startSession();
  session.update('/a.py', `${client}client.models.list()\n`);
  const older = session.analyze('/a.py', defaultSettings);
  session.update('/a.py', client);
  assert.equal(await older, undefined);
  assert.deepEqual(await messages(session, '/a.py'), []);
});

test('closing a document drops its analysis; one that was never opened has none', async () => {
  const session = startSession();
  session.update('/a.py', client);
  const running = session.analyze('/a.py', defaultSettings);
  session.close('/a.py');
  assert.equal(await running, undefined);
  assert.equal(await session.analyze('/b.py', defaultSettings), undefined);
  session.update('/notes.txt', 'import openai');
  assert.equal(await session.analyze('/notes.txt', defaultSettings), undefined);
});

test('every edit of a growing text is read as if the text were new', async () => {
  const text = `${client}\n\ndef ask(text):\n    """Größe 😀"""\n    return client.responses.create(model="m", input=text)\n`;
  const session = startSession();
  for (let end = 1; end <= text.length; end++) {
    session.update('/a.py', text.slice(0, end));
    const typed = await messages(session, '/a.py');
    if (end % 20 !== 0 && end !== text.length) continue;
    const fresh = startSession();
    fresh.update('/a.py', text.slice(0, end));
    assert.deepEqual(typed, await messages(fresh, '/a.py'), text.slice(0, end));
  }
});

test('repairs fit the text that was analysed, also when the document has moved on or is closed', async () => {
  const session = startSession();
  session.update('/a.py', `${client}print(client.models.list())\n`);
  const analysis = (await session.analyze('/a.py', defaultSettings))!;
  const finding = analysis.findings[0]!;
  session.update('/a.py', 'x = 1\n');
  assert.equal((await messages(session, '/a.py'))?.length, 0);
  session.close('/a.py');
  const raised = analysis.fixes(finding).find(({ name }) => name === 'sdk-retries')!;
  assert.match(apply(analysis.text, raised.edits), /OpenAI\(max_retries=14\)/);
});

test('what another file says counts, and an edit there does at once', async () => {
  const files: Record<string, string> = { '/app/client.py': client, '/app/ask.py': ask };
  const session = startSession(memoryHost(files));
  await session.setFiles(Object.keys(files));
  session.update('/app/ask.py', ask);
  assert.match((await messages(session, '/app/ask.py'))![0]!, /after at most 1\.5 s/);

  session.update('/app/client.py', client.replace('OpenAI()', 'OpenAI(max_retries=14)'));
  assert.deepEqual(await messages(session, '/app/ask.py'), []);

  session.close('/app/client.py');
  files['/app/client.py'] = client.replace('OpenAI()', 'OpenAI(max_retries=0)');
  session.changed('/app/client.py');
  assert.match((await messages(session, '/app/ask.py'))![0]!, /`max_retries` is 0/);
});

test('analysis stops when its time is up, and says so', async () => {
  const session = createSession({
    host: memoryHost({}),
    syntax,
    rules,
    catalogue: { sdks, libraries, keys },
    budget: -1,
  });
  session.update('/a.py', client.repeat(2000));
  const analysis = (await session.analyze('/a.py', defaultSettings))!;
  assert.match(analysis.problems[0]!.message, /^Analysis stopped/);
});

test('a rule that throws is one problem, and the others go on', async () => {
  const broken = { ...rules[0]!, id: 'broken', check: () => assert.fail('on purpose') };
  const session = createSession({
    host: memoryHost({}),
    syntax,
    rules: [broken, ...rules],
    catalogue: { sdks, libraries, keys },
  });
  session.update('/a.py', `${client}client.models.list()\n`);
  const { findings, problems } = (await session.analyze('/a.py', defaultSettings))!;
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['unprotected-call'],
  );
  assert.deepEqual(
    problems.map(({ message }) => message),
    ['The rule broken failed: on purpose'],
  );
});

test('a severity that is set holds; a milder case stays milder; the strict preset knows warnings alone', async () => {
  const session = startSession();
  session.update(
    '/a.py',
    `${client}for x in range(9):\n    client.responses.create(model="m", input="x")\nclient.models.list()\n`,
  );
  const found = async (settings: Partial<typeof defaultSettings>) =>
    (await session.analyze('/a.py', { ...defaultSettings, ...settings }))!.findings.map(({ severity }) => severity);
  assert.deepEqual(await found({}), ['warning', 'information']);
  assert.deepEqual(await found({ preset: 'strict' }), ['warning', 'warning']);
  assert.deepEqual(await found({ rules: { 'unprotected-call': 'error' } }), ['error', 'information']);
  assert.deepEqual(await found({ rules: { 'unprotected-call': 'hint' } }), ['hint', 'hint']);
  assert.deepEqual(await found({ rules: { 'unprotected-call': 'off' } }), []);
});

test('ignore comments hide findings; one that hides nothing is a hint, unless that is off', async () => {
  const session = startSession();
  const text = `${client}client.models.list()  # rate-limit-guide: ignore[unprotected-call] -- once a day\nx = 1  # rate-limit-guide: ignore\n`;
  session.update('/a.py', text);
  const found = (await session.analyze('/a.py', defaultSettings))!.findings;
  assert.deepEqual(
    found.map(({ rule, severity, at }) => [rule, severity, text.slice(at.start, at.end)]),
    [['unused-ignore', 'hint', 'rate-limit-guide: ignore']],
  );
  const off = { ...defaultSettings, rules: { 'unused-ignore': 'off' as const } };
  assert.deepEqual((await session.analyze('/a.py', off))!.findings, []);
});
