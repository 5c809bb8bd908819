/** Which callers in other files have a say in whether a request is protected. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { memoryHost, startSession } from '../engine.ts';

const files = {
  '/work/app/__init__.py': '',
  '/work/app/model.py': `
import litellm

def ask(messages):
    return litellm.completion(model="gpt-4o-mini", messages=messages)
`,
  '/work/app/main.py': `
from tenacity import retry, stop_after_attempt
from app.model import ask

@retry(stop=stop_after_attempt(6))
def answer(messages):
    return ask(messages)
`,
  '/work/tests/test_model.py': `
from app.model import ask

def test_ask():
    assert ask([])
`,
};

test('a test that calls without a retry takes no protection away', async () => {
  assert.deepEqual(await protections(files), ['resent']);
});

test('another caller without a retry does', async () => {
  const script = { '/work/app/script.py': 'from app.model import ask\n\nprint(ask([]))\n' };
  assert.deepEqual(await protections({ ...files, ...script }), ['sdk']);
});

test('a module that tries itself when it is run takes no protection away from what imports it', async () => {
  const itself = {
    '/work/app/model.py': `${files['/work/app/model.py']}\nif __name__ == "__main__":\n    print(ask([]))\n`,
  };
  assert.deepEqual(await protections({ ...files, ...itself }), ['resent']);
  assert.deepEqual(await protections(itself), ['sdk']);
});

test('a method that a base class retries is protected in the class that overrides it', async () => {
  const classes = {
    '/work/app/base.py': `
from tenacity import retry, stop_after_attempt

class Base:
    def send(self, messages):
        raise NotImplementedError

    def answer(self, messages):
        return retry(stop=stop_after_attempt(6))(self.send)(messages)
`,
    '/work/app/model.py': `
import litellm
from app.base import Base

class Model(Base):
    def send(self, messages):
        return litellm.completion(model="gpt-4o-mini", messages=messages)
`,
  };
  assert.deepEqual(await protections(classes), ['resent']);
});

test('who has the object by its base class calls the override, without importing its file', async () => {
  const classes = {
    '/work/app/providers/__init__.py': 'from .base import Provider\n',
    '/work/app/providers/base.py': `
class Provider:
    def send(self, messages):
        raise NotImplementedError
`,
    '/work/app/model.py': `
import litellm
from app.providers import Provider

class Model(Provider):
    def send(self, messages):
        return litellm.completion(model="gpt-4o-mini", messages=messages)
`,
    '/work/app/main.py': `
from tenacity import Retrying, stop_after_attempt
from app.providers import Provider

def answer(provider: Provider, messages):
    def send():
        return provider.send(messages)
    return Retrying(stop=stop_after_attempt(6))(send)
`,
  };
  assert.deepEqual(await protections(classes), ['resent']);
});

test('a folder that is called like a provider’s namespace is not that provider’s package', async () => {
  const named = {
    '/work/app/google/__init__.py': '',
    '/work/app/model.py': `
from google import genai

print(genai.Client().models.generate_content(model="gemini-2.5-flash", contents="x"))
`,
  };
  assert.deepEqual(await protections(named), ['sdk']);
});

/** Of the requests in `model.py`. */
async function protections(all: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const session = startSession(memoryHost(all));
  await session.setFiles(Object.keys(all));
  session.update('/work/app/model.py', all['/work/app/model.py']!);
  const analysis = await session.analyze('/work/app/model.py', defaultSettings);
  return analysis!.verdicts.map(({ protection }) => protection.k);
}
