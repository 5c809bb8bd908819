/** The programs of the proofs: ordinary programs that a rate limit breaks, each with another shape of call. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { refused, type Scenario, sixtyASecond } from './scenario.ts';

export const programFolder = fileURLToPath(new URL('programs/', import.meta.url));

export type ProgramLanguage = 'python' | 'typescript';

interface Asked {
  /** The name that the command line knows it by. */
  readonly fix: string;
  /** It stands beside others: where it does not fit, no word is lost about it. */
  readonly quiet?: true;
  /** The library that the project depends on then, for each language that has one. */
  readonly library?: Readonly<Partial<Record<ProgramLanguage, string>>>;
}

const asked = {
  backoff: { fix: 'backoff' },
  'sdk-retries': { fix: 'sdk-retries' },
  tenacity: { fix: 'library', quiet: true, library: { python: 'tenacity==9.1.4' } },
  stamina: { fix: 'library', quiet: true, library: { python: 'stamina==26.1.0' } },
  'backoff-library': { fix: 'library', quiet: true, library: { python: 'backoff==2.2.1' } },
  throttle: { fix: 'throttle', quiet: true },
  aiolimiter: { fix: 'throttle', quiet: true, library: { python: 'aiolimiter==1.3.0' } },
  'p-retry': { fix: 'library', quiet: true, library: { typescript: 'p-retry@9.0.0' } },
  'exponential-backoff': { fix: 'library', quiet: true, library: { typescript: 'exponential-backoff@3.1.3' } },
  'async-retry': { fix: 'library', quiet: true, library: { typescript: 'async-retry@1.3.3' } },
  cockatiel: { fix: 'library', quiet: true, library: { typescript: 'cockatiel@4.0.0' } },
  'p-limit': { fix: 'throttle', quiet: true, library: { typescript: 'p-limit@7.3.3' } },
} satisfies Record<string, Asked>;

export type Repair = keyof typeof asked;

export const repairs: ReadonlyMap<Repair, Asked> = new Map(Object.entries(asked) as [Repair, Asked][]);

/** Whether there are programs of the language for it. */
export function isFor(repair: Repair, language: ProgramLanguage): boolean {
  const { library } = repairs.get(repair)!;
  return library === undefined || library[language] !== undefined;
}

export interface Program {
  readonly language: ProgramLanguage;
  /** The file's name in the folder of its language. */
  readonly file: string;
  /** How many answers it prints when all goes well. */
  readonly answers: number;
  /** What breaks it. */
  readonly fault: Scenario;
  /** `start`: repaired with the policy that a new user has; `quick`: with short waits, so that a run takes seconds. */
  readonly policy: 'start' | 'quick';
  /** Whether it sends requests at the same time, so that several items meet the limit before it ends. */
  readonly parallel: boolean;
  /** Whether it reads its answers as streams. */
  readonly streams: boolean;
  /** The repairs that can't be written here, and say why. */
  readonly refuses: readonly Repair[];
}

const usual = { answers: 3, fault: refused, policy: 'quick', parallel: false, streams: false, refuses: [] } as const;

const library = ['tenacity', 'stamina', 'backoff-library'] as const;

const javascriptLibrary = ['p-retry', 'exponential-backoff', 'async-retry', 'cockatiel'] as const;

/** They are ES modules, which `require` does not load everywhere. */
const esOnly = ['p-retry', 'cockatiel'] as const;

const unusual: Readonly<Record<string, Partial<Program>>> = {
  'top_level.py': { answers: 1 },
  'module_level.py': { refuses: ['backoff', ...library] },
  'async_gather.py': { answers: 5, parallel: true },
  'async_gather_direct.py': { answers: 4, parallel: true },
  'async_heartbeat.py': { answers: 2 },
  'async_semaphore.py': { answers: 4, parallel: true, refuses: ['throttle'] },
  'async_create_task.py': { parallel: true },
  'async_task_group.py': { answers: 6, parallel: true },
  'async_as_completed.py': { answers: 6, parallel: true },
  'async_to_thread.py': { answers: 6, parallel: true },
  'async_append_tasks.py': { answers: 6, parallel: true },
  'thread_pool.py': { answers: 4, parallel: true },
  'thread_pool_submit.py': { answers: 6, parallel: true },
  'embeddings_batch.py': { answers: 6 },
  'two_calls.py': { answers: 4 },
  'speech_streaming.py': { refuses: library },
  'with_two_managers.py': { refuses: library },
  'streaming_loop.py': { streams: true },
  'streaming_variable.py': { streams: true },
  'stream_manager.py': { streams: true, refuses: library },
  'async_stream.py': { streams: true },
  'responses_stream.py': { streams: true },
  'async_stream_manager.py': { streams: true, refuses: library },
  'async_for_header.py': { streams: true },
  'stream_flag.py': { answers: 2 },
  'thousand_calls.py': { answers: 1000, fault: sixtyASecond, policy: 'start' },

  'top-level.ts': { answers: 1 },
  'export-const.ts': { answers: 1 },
  'promise-all-map.ts': { answers: 5, parallel: true },
  'promise-all-async.ts': { answers: 4, parallel: true },
  'destructuring-data.ts': { answers: 4 },
  'braceless-if.ts': { answers: 2 },
  'switch-case.ts': { answers: 2 },
  'heartbeat.ts': { answers: 2 },
  'two-calls.ts': { answers: 4 },
  'for-await-stream.ts': { streams: true },
  'for-await-direct.ts': { streams: true },
  'common-js.cjs': { refuses: esOnly },
  'common-js-default.cjs': { refuses: esOnly },
  'var-hoisted.cjs': { refuses: esOnly },
  'signal.ts': { refuses: ['exponential-backoff', 'async-retry', 'cockatiel'] },
  'expect-error.ts': { refuses: javascriptLibrary },
  'dynamic-import.mjs': { refuses: ['backoff', ...javascriptLibrary] },
  'stream-runner.ts': { streams: true, refuses: ['backoff', ...javascriptLibrary] },
  'promise-all-pair.ts': { answers: 2, parallel: true },
  'overloaded-stream.ts': { answers: 2 },
  'helper-at-top.ts': { parallel: true },
  'thousand-calls.ts': { answers: 1000, fault: sixtyASecond, policy: 'start' },
};

export const programs: readonly Program[] = [...programsIn('python'), ...programsIn('typescript')];

function programsIn(language: ProgramLanguage): readonly Program[] {
  return readdirSync(`${programFolder}${language}`, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ ...usual, ...unusual[name], language, file: name }))
    .sort((one, other) => one.file.localeCompare(other.file));
}
