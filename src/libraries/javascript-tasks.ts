/** What runs functions as jobs, and runs a job again that failed. */
import type { RetryExport, RetryLibrary } from '../core/catalogue.ts';
import { spread } from './waits.ts';

const task: RetryExport = {
  does: 'retry',
  jobs: true,
  as: ['call'],
  runs: 'run',
  catches: 'any',
  attempts: { at: ['retry.maxAttempts'], counts: 'attempts', default: 3 },
  wait: { default: spread },
};

const triggerDev: RetryLibrary = {
  id: 'trigger.dev',
  language: 'typescript',
  packageName: '@trigger.dev/sdk',
  modules: ['@trigger.dev/sdk', '@trigger.dev/sdk/v3'],
  exports: new Map([
    ['task', task],
    ['schemaTask', task],
    ['schedules.task', task],
  ]),
};

const retried: RetryExport = {
  does: 'retry',
  jobs: true,
  as: ['object'],
  methods: ['createFunction'],
  catches: 'any',
  attempts: { at: ['retries'], counts: 'retries', default: 4 },
  wait: { default: spread },
};

const inngest: RetryLibrary = {
  id: 'inngest',
  language: 'typescript',
  packageName: 'inngest',
  modules: ['inngest', '@inngest/agent-kit'],
  exports: new Map<string, RetryExport>([['Inngest', retried]]),
  // A function is given its steps, each of which is run again by itself.
  handed: new Map(['step.run', 'step.ai.wrap', 'step.ai.infer'].map((name) => [name, retried])),
};

export const taskLibraries: readonly RetryLibrary[] = [triggerDev, inngest];
