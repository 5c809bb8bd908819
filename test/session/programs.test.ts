/** What was read of the project's files is found again, and goes when there is too much of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { createPrograms, type ReadProgram } from '../../src/session/programs.ts';
import { memoryHost, startSession } from '../engine.ts';

const read = (text: string) => ({ text, program: {}, fresh: true }) as ReadProgram;

test('the longest unused files are dropped first, and the newest never', () => {
  const programs = createPrograms(10);
  programs.set('a', read('aaaa'));
  programs.set('b', read('bbbb'));
  programs.get('a');
  programs.set('c', read('cccc'));
  assert.deepEqual(
    ['a', 'b', 'c'].map((path) => programs.get(path)?.text),
    ['aaaa', undefined, 'cccc'],
  );
  programs.set('d', read('d'.repeat(20)));
  assert.deepEqual(
    ['a', 'c', 'd'].map((path) => programs.get(path)?.text.length),
    [undefined, undefined, 20],
  );
});

test('a file that was edited and closed without saving counts as it is on disk again', async () => {
  const helper = 'def retry(call):\n    return call()\n';
  const files = {
    '/app/ask.py':
      'from openai import OpenAI\nfrom helper import retry\nclient = OpenAI(max_retries=0)\n\ndef ask():\n    return client.responses.create(model="gpt-5", input="x")\n\nretry(ask)\n',
    '/app/helper.py': helper,
  };
  const session = startSession(memoryHost(files));
  await session.setFiles(Object.keys(files));
  const protection = async () => {
    session.update('/app/ask.py', files['/app/ask.py']);
    return (await session.analyze('/app/ask.py', defaultSettings))?.verdicts[0]?.protection.k;
  };
  assert.equal(await protection(), 'sdk');
  const retrying =
    'import time\nfrom openai import RateLimitError\n\ndef retry(call):\n    for attempt in range(9):\n        try:\n            return call()\n        except RateLimitError:\n            time.sleep(2 ** attempt)\n    raise RuntimeError("busy")\n';
  session.update('/app/helper.py', retrying);
  assert.equal(await protection(), 'resent');
  await session.analyze('/app/helper.py', defaultSettings);
  session.close('/app/helper.py');
  assert.equal(await protection(), 'sdk');
  session.dispose();
});
