/** Runs the tests of `exthost/` inside the extension host, beside the packed extension, and gives their results. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/setup.mjs';
import { remoteUri } from '../../scripts/vscode.mjs';
import type { Result } from './exthost/suite.ts';
import { launch, type VSCodeOptions } from './vscode.ts';

export async function runInExtensionHost(options: VSCodeOptions): Promise<readonly Result[]> {
  const folder = join(root, '.cache/exthost');
  const results = join(folder, 'results.json');
  await prepare(folder);
  writeFileSync(results, '[]');
  // Without the driver a built VS Code ignores an address that asks for tests.
  const code = await launch({
    ...options,
    args: ['--enable-smoke-test-driver'],
    env: { E2E_RESULTS: results },
  });
  try {
    const ended = new Promise<void>((resolve, reject) => {
      code.page.exposeFunction('codeAutomationExit', () => resolve());
      setTimeout(() => reject(new Error('The tests in the extension host did not end.')), 300_000).unref();
    });
    await code.page.exposeFunction('codeAutomationLog', () => {});
    const payload = [
      ['extensionDevelopmentPath', remoteUri(code.address, folder)],
      ['extensionTestsPath', remoteUri(code.address, join(folder, 'tests.cjs'))],
      ['skipWelcome', 'true'],
    ];
    await code.page.goto(`${code.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    await ended;
    return JSON.parse(readFileSync(results, 'utf8')) as Result[];
  } finally {
    await code.close();
  }
}

/** The tests as one file, and an extension that does nothing: VS Code wants one in development to run tests for. */
async function prepare(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'empty.cjs'), 'exports.activate = () => {};\n');
  const manifest = {
    name: 'tests',
    publisher: 'tests',
    version: '0.0.1',
    engines: { vscode: '*' },
    main: './empty.cjs',
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [join(root, 'test/e2e/exthost/main.ts')],
    outfile: join(folder, 'tests.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
