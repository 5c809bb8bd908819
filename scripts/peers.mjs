// @ts-check
/**
 * `node scripts/peers.mjs CORPUS FILES`: measures the command line, semgrep, ast-grep and a text search on the same
 * labelled calls in one run. CORPUS holds `labels.jsonl` and `score.mjs`, FILES the labelled files (`npm run score`
 * lays them out). The peers are found on PATH or by SEMGREP and AST_GREP; SEMGREP_RULES names a clone of
 * https://github.com/semgrep/ai-best-practices. Whatever isn't there is skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { root } from './setup.mjs';

const rounds = 3;

/** A request as each SDK documents it, 20 a language; ast-grep's patterns and the text search are both made of these. */
const calls = {
  python: [
    '$C.completions.create',
    '$C.completions.parse',
    '$C.responses.create',
    '$C.responses.parse',
    '$C.embeddings.create',
    '$C.moderations.create',
    '$C.images.generate',
    '$C.audio.speech.create',
    '$C.audio.transcriptions.create',
    '$C.threads.runs.create',
    '$C.messages.create',
    '$C.messages.stream',
    '$C.ChatCompletion.create',
    '$C.Completion.create',
    '$C.Embedding.create',
    '$C.generate_content',
    '$C.send_message',
    '$C.chat.complete',
    '$C.completion',
    'completion',
  ],
  typescript: [
    '$C.completions.create',
    '$C.completions.parse',
    '$C.responses.create',
    '$C.responses.parse',
    '$C.embeddings.create',
    '$C.moderations.create',
    '$C.images.generate',
    '$C.audio.speech.create',
    '$C.audio.transcriptions.create',
    '$C.threads.runs.create',
    '$C.messages.create',
    '$C.messages.stream',
    '$C.generateContent',
    '$C.generateContentStream',
    '$C.sendMessage',
    '$C.chat.complete',
    'generateText',
    'streamText',
    'generateObject',
    'embed',
  ],
};
const extensions = { python: ['py'], typescript: ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'] };

/** The rules of `ai-best-practices` that look for a call whose error nobody handles; the others look for other things. */
const semgrepRules = ['anthropic', 'cohere', 'gemini', 'huggingface', 'mistral', 'openai'].map(
  (provider) => `${provider}-no-error-handling`,
);

const [corpusArgument, filesArgument] = process.argv.slice(2);
if (
  !corpusArgument ||
  !filesArgument ||
  !existsSync(join(corpusArgument, 'labels.jsonl')) ||
  !existsSync(filesArgument)
) {
  console.error('usage: node scripts/peers.mjs CORPUS FILES, where CORPUS holds labels.jsonl');
  process.exit(2);
}
const corpus = resolve(corpusArgument);
const files = resolve(filesArgument);
const scratch = mkdtempSync(join(tmpdir(), 'peers-'));
const env = {
  ...process.env,
  // semgrep finds its other half on PATH, and keeps settings and a log in the home folder unless told otherwise.
  PATH: [...(process.env.SEMGREP ? [dirname(resolve(process.env.SEMGREP))] : []), process.env.PATH].join(delimiter),
  SEMGREP_SETTINGS_FILE: join(scratch, 'semgrep.yml'),
  SEMGREP_LOG_FILE: join(scratch, 'semgrep.log'),
  SEMGREP_SEND_METRICS: 'off',
  SEMGREP_ENABLE_VERSION_CHECK: '0',
};

/** @typedef {{ path: string, line: number | string, rule?: string }} Finding */
/** @typedef {{ name: string, run: () => Finding[] }} Tool */
/** @typedef {{ precision: number, recall: number, f1: number, debatable: string }} Score */

try {
  const tools = [ourselves(), semgrep(), astGrep(), textSearch()].filter((tool) => tool !== undefined);
  const measured = tools.map((tool) => ({
    tool,
    seconds: Number.POSITIVE_INFINITY,
    score: /** @type {Score?} */ (null),
  }));
  // The tools take turns, so that what else the machine does hits all of them alike; the shortest time counts.
  for (let round = 0; round < rounds; round++) {
    for (const entry of measured) {
      const start = performance.now();
      const findings = entry.tool.run();
      entry.seconds = Math.min(entry.seconds, (performance.now() - start) / 1000);
      entry.score ??= score(findings);
    }
  }
  const unit = measured[0]?.seconds ?? 1;
  console.log('| Tool | Precision | Recall | F1 | Debatable reported | Time |\n| --- | --- | --- | --- | --- | --- |');
  for (const { tool, seconds, score } of measured) {
    if (!score) continue;
    const cells = [
      percent(score.precision),
      percent(score.recall),
      percent(score.f1),
      score.debatable,
      `${(seconds / unit).toFixed(2)} ×`,
    ];
    console.log(`| ${[tool.name, ...cells].join(' | ')} |`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @returns {Tool} */
function ourselves() {
  const cli = join(root, 'dist/cli.js');
  return {
    name: 'rate-limit-guide',
    run: () => {
      const { findings } = JSON.parse(run(process.execPath, [cli, 'check', '--format', 'json', files], [0, 1]));
      return findings.map((/** @type {any} */ finding) => ({
        path: finding.path,
        rule: finding.rule,
        line: finding.cell === undefined ? finding.range.start.line : `${finding.cell}:${finding.range.start.line}`,
      }));
    },
  };
}

/** @returns {Tool | undefined} */
function semgrep() {
  const command = process.env.SEMGREP ?? 'semgrep';
  const clone = process.env.SEMGREP_RULES;
  if (!version(command)) return skip('semgrep', 'not on PATH, and SEMGREP does not name it');
  const rules = clone ? join(clone, 'rules') : '';
  if (!existsSync(rules)) return skip('semgrep', 'SEMGREP_RULES names no clone of semgrep/ai-best-practices');
  const configs = semgrepRules.flatMap((rule) => ['--config', join(rules, rule)]);
  // Files that git ignores are wanted here: the labelled files are such.
  const quiet = ['--metrics=off', '--disable-version-check', '--no-git-ignore', '--quiet', '--json'];
  return {
    name: `semgrep ${version(command)}, rules \`*-no-error-handling\``,
    run: () =>
      JSON.parse(run(command, ['scan', ...quiet, ...configs, files], [0])).results.map((/** @type {any} */ result) => ({
        path: result.path,
        line: result.start.line,
      })),
  };
}

/** @returns {Tool | undefined} */
function astGrep() {
  const command = process.env.AST_GREP ?? 'ast-grep';
  const found = version(command);
  if (!found) return skip('ast-grep', 'not on PATH, and AST_GREP does not name it');
  const rules = [
    astGrepRule('Python', calls.python),
    ...['TypeScript', 'Tsx', 'JavaScript'].map((language) => astGrepRule(language, calls.typescript)),
  ].join('\n---\n');
  const everyFile = ['hidden', 'vcs', 'parent', 'dot', 'exclude', 'global'].flatMap((kind) => ['--no-ignore', kind]);
  return {
    name: `${found}, 20 call patterns a language, not inside \`try\``,
    run: () =>
      JSON.parse(run(command, ['scan', '--inline-rules', rules, '--json=compact', ...everyFile, files], [0])).map(
        (/** @type {any} */ match) => ({ path: match.file, line: match.range.start.line + 1 }),
      ),
  };
}

/**
 * @param {string} language
 * @param {readonly string[]} paths
 */
function astGrepRule(language, paths) {
  const any = paths.map((path) => `    - pattern: '${path}($$$)'`).join('\n');
  const outside = '  not:\n    inside:\n      kind: try_statement\n      stopBy: end';
  return `id: request-${language.toLowerCase()}\nlanguage: ${language}\nrule:\n  any:\n${any}\n${outside}`;
}

/** @returns {Tool | undefined} */
function textSearch() {
  if (!version('grep')) return skip('grep', 'not on PATH');
  return {
    name: '`grep -E`, the same 20 calls a language',
    run: () => [...grep('python'), ...grep('typescript')],
  };
}

/**
 * @param {keyof typeof calls} language
 * @returns {Finding[]}
 */
function grep(language) {
  const names = calls[language].map((path) => {
    const name = path.replace('$C', '').replaceAll('.', '\\.');
    return path.startsWith('$C') ? name : `(^|[^.A-Za-z0-9_])${name}`;
  });
  const includes = extensions[language].map((extension) => `--include=*.${extension}`);
  const found = run('grep', ['-rnE', ...includes, `(${names.join('|')})\\(`, files], [0, 1]);
  return [...found.matchAll(/^(.+?):(\d+):/gm)].map((match) => ({ path: match[1] ?? '', line: Number(match[2]) }));
}

/**
 * @param {readonly Finding[]} findings
 * @returns {Score}
 */
function score(findings) {
  const lines = join(scratch, 'findings.jsonl');
  const result = join(scratch, 'score.json');
  writeFileSync(
    lines,
    findings.map((finding) => `${JSON.stringify({ rule: 'unprotected-call', ...finding })}\n`).join(''),
  );
  run(process.execPath, [join(corpus, 'score.mjs'), lines, '--json', result], [0]);
  const { tp, fp, xfp, fn, dbF, db } = JSON.parse(readFileSync(result, 'utf8')).groups.ALL;
  const precision = tp / (tp + fp + xfp);
  const recall = tp / (tp + fn);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall), debatable: `${dbF} of ${db}` };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {readonly number[]} good
 */
function run(command, args, good) {
  const done = spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 300_000 });
  if (done.status !== null && good.includes(done.status)) return done.stdout;
  throw new Error(`${command} ended with ${done.status ?? done.error ?? done.signal}\n${done.stderr.slice(-2000)}`);
}

/**
 * The first line a tool says of its version; undefined when it can't be started.
 * @param {string} command
 */
function version(command) {
  const { status, stdout } = spawnSync(command, ['--version'], { env, encoding: 'utf8', timeout: 60_000 });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
}

/**
 * @param {string} tool
 * @param {string} why
 */
function skip(tool, why) {
  console.error(`${tool} is skipped: ${why}.`);
  return undefined;
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
