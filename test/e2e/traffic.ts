/** Records whom an editor talks to: what its page asks for, and what its processes connect to. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { root } from '../../scripts/setup.mjs';

export interface Traffic {
  /** For the editor's server, which hands both on to the processes that it starts. */
  readonly nodeArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  watch(context: BrowserContext): void;
  /** The addresses that the page and its workers asked for. */
  readonly requests: readonly string[];
  /** The hosts beyond this machine, each once. */
  outside(): readonly string[];
}

/** `file` is where the processes write. */
export function recordTraffic(file: string): Traffic {
  const requests: string[] = [];
  return {
    nodeArgs: ['--require', join(root, 'test/e2e/connections.cjs')],
    env: { E2E_CONNECTIONS: file },
    watch: (context) => context.on('request', (request) => requests.push(request.url())),
    requests,
    outside() {
      const connections = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
      const asked = requests.filter((url) => /^(?:https?|wss?):/.test(url)).map((url) => new URL(url).hostname);
      return [...new Set([...connections, ...asked])].filter((host) => host !== '' && !isLocal(host));
    },
  };
}

/** A webview's own files have such a host by name; the page answers for it itself. */
const ownFiles = /\.vscode-resource\.vscode-cdn\.net$/;

function isLocal(host: string): boolean {
  return ownFiles.test(host) || /^(?:127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0|(?:[\w-]+\.)*localhost)$/.test(host);
}
