/** The stack reader, and what a terminal’s text looks like without its escapes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framesAt, isForeign } from '../../src/guide/stack.ts';
import { withoutEscapes } from '../../src/guide/terminal-text.ts';

const own = (text: string, error: string) =>
  framesAt(text, text.indexOf(error))
    .filter((frame) => !isForeign(frame))
    .map(({ path, line }) => `${path}:${line}`);

test('a Python traceback stands above its error, the call last', () => {
  const text = `Working on 12 questions
Traceback (most recent call last):
  File "/work/other.py", line 3, in other
    parse(text)
ValueError: nothing to parse

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/work/my app/ask.py", line 21, in <module>
    main()
    ~~~~^^
  File "/work/my app/ask.py", line 12, in main
    client.responses.create(model="gpt-5", input=question)
  File "/usr/lib/python3.13/functools.py", line 30, in wrapper
  File "/work/.venv/lib/python3.13/site-packages/openai/_base_client.py", line 1047, in request
    raise self._make_status_error_from_response(err.response) from None
openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached'}}
`;
  assert.deepEqual(own(text, 'openai.RateLimitError'), ['/work/my app/ask.py:12', '/work/my app/ask.py:21']);
});

test('a traceback as notebooks and rich draw it is read, too', () => {
  const notebook = `---------------------------------------------------------------------------
RateLimitError                            Traceback (most recent call last)
File ~/ask.py:12, in ask(question)
     11 def ask(question):
---> 12     return client.responses.create(model="gpt-5", input=question)

File ~/.venv/lib/python3.12/site-packages/openai/_utils/_utils.py:287, in required_args.<locals>.inner.<locals>.wrapper(*args, **kwargs)
RateLimitError: Error code: 429 - {'error': {}}`;
  assert.deepEqual(own(notebook, 'RateLimitError: Error'), ['~/ask.py:12']);
  const rich = `╭───────────── Traceback (most recent call last) ─────────────╮
│ /work/ask.py:7 in <module>                                   │
│                                                              │
│    6 for question in questions:                              │
│ ❱  7     ask(question)                                       │
╰──────────────────────────────────────────────────────────────╯
RateLimitError: Error code: 429 - {'error': {}}`;
  assert.deepEqual(own(rich, 'RateLimitError: Error'), ['/work/ask.py:7']);
});

test('JavaScript’s stack stands below its error', () => {
  const text = `file:///work/node_modules/openai/core/error.mjs:57
            return new RateLimitError(status, error, message, headers);
                   ^

RateLimitError: 429 Rate limit reached for gpt-4o in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.
    at APIError.generate (file:///work/node_modules/openai/core/error.mjs:57:20)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
    at async ask (file:///work/src/ask.mjs:6:20)
    at async file:///work/src/main.mjs:12:3 {
  status: 429,
  headers: Headers {},
  error: { message: 'Rate limit reached', type: 'requests' },
    at: 'no frame'
}

Node.js v24.21.0
`;
  assert.deepEqual(own(text, 'RateLimitError: 429'), ['file:///work/src/ask.mjs:6', 'file:///work/src/main.mjs:12']);
  assert.deepEqual(own(text, "message: 'Rate"), own(text, 'RateLimitError: 429'));
  assert.deepEqual(own(text.replaceAll('file:///work/src', 'C:\\work\\src'), 'RateLimitError: 429'), [
    'C:\\work\\src/ask.mjs:6',
    'C:\\work\\src/main.mjs:12',
  ]);
});

test('a debugger’s marks of what was waited for are no end of the stack', () => {
  const text = `Uncaught RateLimitError RateLimitError: 429 Rate limit reached for gpt-5 in organization org-x
    at generate (/work/node_modules/openai/core/error.mjs:57:20)
    at processTicksAndRejections (<node_internals>/internal/process/task_queues:104:5)
    --- await ---
    at ask (/work/src/ask.mjs:6:43)
    at <anonymous> (/work/src/ask.mjs:10:19)
    --- await ---
    at <anonymous> (<node_internals>/internal/modules/esm/loader:647:42)
`;
  assert.deepEqual(own(text, 'Uncaught'), ['/work/src/ask.mjs:6', '/work/src/ask.mjs:10']);
});

test('another error’s stack is not taken for this one’s', () => {
  const text = `RateLimitError: 429 Rate limit reached
Traceback (most recent call last):
  File "/work/next.py", line 3, in <module>
ValueError: no`;
  assert.deepEqual(own(text, 'RateLimitError'), []);
  assert.deepEqual(own('429 Too Many Requests', '429'), []);
});

test('colours, titles, marks and bells leave a terminal’s text', () => {
  const written =
    '\u001b]633;C\u0007\u001b[1;31mRateLimitError\u001b[0m: 429\r\n\u001b]0;title\u001b\\\u001b[?25h  at x\u0007\r\n';
  assert.equal(withoutEscapes(written), 'RateLimitError: 429\n  at x\n');
});
