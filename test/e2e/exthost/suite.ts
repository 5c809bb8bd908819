/** Collects the tests that run inside the extension host, and writes what became of each to the file that the harness names. */
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

/** One test's outcome; `error` is absent when it passed. */
export interface Result {
  readonly name: string;
  readonly error?: string;
}

const tests: { readonly name: string; readonly body: () => Promise<void> }[] = [];

export function test(name: string, body: () => Promise<void>): void {
  tests.push({ name, body });
}

/** Runs the tests one after the other; a test that takes longer than half a minute has failed. */
export async function runTests(): Promise<void> {
  const results: Result[] = [];
  for (const { name, body } of tests) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('It took longer than 30 seconds.')), 30_000);
    });
    try {
      await Promise.race([body(), late]);
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : inspect(error) });
    } finally {
      clearTimeout(timer);
    }
  }
  writeFileSync(process.env.E2E_RESULTS!, JSON.stringify(results));
}
