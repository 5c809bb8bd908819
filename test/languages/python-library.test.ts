/** The retry through a library that the Python editor writes. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { afterClient, repaired } from './python-repair.ts';

const sync = 'from openai import OpenAI\n\nclient = OpenAI()\n\n\n';
const async = 'from openai import AsyncOpenAI\n\nclient = AsyncOpenAI()\n\n\n';
const call = 'client.chat.completions.create(model="m", messages=[])';
const off = 'client.with_options(max_retries=0).chat.completions.create';

function through(text: string, packages: Readonly<Record<string, string>>): Promise<string> {
  return repaired(text, (editor, { request }) => editor.library(request, defaultSettings.retry), {
    packages: new Map(Object.entries(packages)),
  });
}

test('tenacity: bounded, with full jitter, raising the SDK’s own error at the end', async () => {
  const text = await through(`${sync}x = ${call}\n`, { tenacity: '9.1.4' });
  assert.ok(
    text.includes(`
def rate_limit_wait(retry_state: tenacity.RetryCallState) -> float:
    """Exponential with full jitter, and never shorter than the server asks for."""
    error = retry_state.outcome.exception() if retry_state.outcome else None
    jittered = tenacity.wait_random_exponential(max=60)
    return max(server_wait(error) or 0, jittered(retry_state))


Call = TypeVar("Call", bound=Callable[..., Any])


def with_tenacity(call: Call) -> Call:
    """Make a call send its request again, through tenacity, when it meets a rate limit."""

    @tenacity.retry(
        retry=tenacity.retry_if_exception_type((RateLimitError, InternalServerError, APIConnectionError))
        & tenacity.retry_if_exception(lambda error: server_wait(error) is not None),
        wait=rate_limit_wait,
        stop=tenacity.stop_after_attempt(7) | tenacity.stop_before_delay(120),
        reraise=True,
    )
    def send(*args: Any, **kwargs: Any) -> Any:
        return call(*args, **kwargs)

    return cast(Call, send)
`),
    text,
  );
  assert.equal(afterClient(text), `x = with_tenacity(${off})(model="m", messages=[])\n`);
});

test('the server’s wait is read once for all libraries, and none longer than the budget is waited', async () => {
  for (const library of ['tenacity', 'stamina', 'backoff']) {
    const text = await through(`${sync}x = ${call}\n`, { [library]: '' });
    assert.match(text, /^def server_wait\(error: "BaseException \| None"\) -> "float \| None":$/m);
    assert.match(text, /^ {4}return wait if wait <= 120 else None$/m);
    assert.match(text, /insufficient|quota\|billing\|credit/);
  }
});

test('stamina: a hook says whether to retry, or when', async () => {
  const text = await through(`${async}async def f():\n    return await ${call}\n`, { stamina: '26.1.0' });
  assert.ok(
    text.includes(`
    if not isinstance(error, (RateLimitError, InternalServerError, APIConnectionError)):
        return False
    wait = server_wait(error)
    if wait is None:
        return False
    return wait if wait > 0 else True
`),
    text,
  );
  assert.ok(
    text.includes(`
    @stamina.retry(
        on=rate_limit_hook,
        attempts=7,
        timeout=120,
        wait_initial=1,
        wait_max=60,
        wait_jitter=5,
    )
    async def send(*args: Any, **kwargs: Any) -> Any:
        return await call(*args, **kwargs)
`),
    text,
  );
  assert.equal(
    afterClient(text),
    `async def f():\n    return await with_stamina_async(${off})(model="m", messages=[])\n`,
  );
});

test('backoff: its waits come from a generator that knows the error', async () => {
  const text = await through(`${sync}x = ${call}\n`, { backoff: '2.2.1' });
  assert.ok(
    text.includes(`
    error = yield 0
    for attempt in itertools.count():
        jittered = random.uniform(0, min(60, 2**attempt))
        error = yield max(server_wait(error) or 0, jittered)
`),
    text,
  );
  assert.ok(
    text.includes(`
        max_tries=7,
        max_time=120,
        giveup=lambda error: server_wait(error) is None,
        jitter=None,
`),
    text,
  );
});

test('the second call takes the function of the first', async () => {
  for (const library of ['tenacity', 'stamina', 'backoff']) {
    const packages = { [library]: '' };
    const once = await through(`${sync}x = ${call}\ny = ${call}\n`, packages);
    const both = await repaired(
      once,
      (editor, { request }) => editor.library(request, defaultSettings.retry),
      { packages: new Map(Object.entries(packages)) },
      (verdicts) => verdicts.at(-1),
    );
    assert.equal(both, once.replace(`y = ${call}`, `y = with_${library}(${off})(model="m", messages=[])`));
  }
});

test('a file that imports one of several libraries goes on with it', async () => {
  const text = `import tenacity\n${sync}x = ${call}\n`;
  assert.match(await through(text, { stamina: '', tenacity: '' }), /with_tenacity\(client/);
  assert.match(await through(`${sync}x = ${call}\n`, { stamina: '', tenacity: '' }), /with_stamina\(client/);
});

test('what the version in use lacks is not used', async () => {
  const text = `${sync}x = ${call}\n`;
  assert.match(await through(text, { tenacity: '8.2.3' }), /\| tenacity\.stop_after_delay\(120\)/);
  assert.match(await through(text, { tenacity: '8.3.0' }), /\| tenacity\.stop_before_delay\(120\)/);
  assert.match(await through(text, { stamina: '24.3.0' }), /^refused: `stamina` before 25\.2/);
  assert.match(await through(text, { backoff: '1.11.1' }), /^refused: `backoff` before 2/);
  assert.match(await through(text, { stamina: '24.3.0', tenacity: '9' }), /with_tenacity\(client/);
});

test('the SDK that is imported only in functions is imported in the helper', async () => {
  const text = await through(
    `def f():\n    from openai import OpenAI\n\n    return OpenAI()${call.slice('client'.length)}\n`,
    { tenacity: '9.1.4' },
  );
  assert.match(
    text,
    /^ {4}from openai import APIConnectionError, InternalServerError, RateLimitError\n\n {4}@tenacity/m,
  );
});

const refusals: readonly (readonly [text: string, packages: Readonly<Record<string, string>>, why: RegExp])[] = [
  [`${sync}x = ${call}\n`, {}, /names no library/],
  [`${sync}x = ${call}\n`, { retrying: '1.4.2' }, /can’t wait as long/],
  [`${sync}async def f():\n    return ${call}\n`, { tenacity: '' }, /event loop/],
  [`${sync}with client.responses.stream(model="m", input="x") as s:\n    pass\n`, { tenacity: '' }, /opened/],
  [
    `${sync}run = client.beta.threads.runs.create_and_poll(thread_id="t", assistant_id="a")\n`,
    { tenacity: '' },
    /several requests/,
  ],
  [`${sync}x = client.embeddings.create(model="m", input=(f(a) for a in b))\n`, { tenacity: '' }, /iterator/],
];

for (const [text, packages, why] of refusals)
  test(`refused: ${why.source}`, async () => {
    assert.match(await through(text, packages), new RegExp(`^refused: .*${why.source}`));
  });
