/** The commands with their options, as the reader of the arguments and the help know them. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { severities } from '../core/settings.ts';
import { suggestion } from '../render/nearest.ts';
import { limitShapes, toldWaits } from '../simulate/limit.ts';
import { policyNames } from '../simulate/policy.ts';
import { check, formats } from './check.ts';
import { explain } from './explain.ts';
import { fix } from './fix.ts';
import type { Selection } from './inspect.ts';
import { merge } from './merge.ts';
import { printConfig } from './print-config.ts';
import { codeOf } from './problems.ts';
import { ruleIds } from './scopes.ts';
import { type SimulateOptions, simulate } from './simulate.ts';
import { version } from './version.ts';

/** Runs the command that the arguments name. Resolves to the exit code; 2 for arguments that can't be understood. */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = describe((result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function describe(end: (code: number) => void): Command {
  const program = new Command('rate-limit-guide')
    .description('Finds calls to model-provider SDKs that an HTTP 429 would break, repairs and explains them.')
    .version(version, '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'rate-limit-guide: ')) })
    .addHelpText('after', '\nExit codes: 0 nothing found, 1 something found, 2 could not do what was asked.');
  // Without a command there is nothing to do: the help says what there is.
  program.action((_options, command: Command) => {
    const [name] = command.args;
    if (name === undefined) command.help({ error: true });
    const names = command.commands.map((each) => each.name());
    command.error(`rate-limit-guide: unknown command “${name}”.${suggestion(name, names)}`);
  });
  program.allowExcessArguments();
  addCheck(program, end);
  addFix(program, end);
  addExplain(program, end);
  addSimulate(program, end);
  addMerge(program, end);
  addServer(program);
  return program;
}

function addCheck(program: Command, end: (code: number) => void): void {
  withSelection(program.command('check'))
    .description('Analyses files and folders (by default the working directory) and reports what it finds.')
    .addOption(choice('--format <format>', 'how to report', formats).default('text'))
    .addOption(choice('--severity <level>', 'the mildest findings to show', severities).default('hint'))
    .addOption(
      choice('--fail-on <level>', 'the mildest findings that make the exit code 1', severities).default('warning'),
    )
    .option('--baseline <file>', 'an earlier SARIF report: what it has does not fail')
    .option('--since <rev>', 'report only what stands in lines changed since this Git revision')
    .option('--verbose', 'tell what was left silent, and why')
    .option('--print-config', 'show the settings that hold for the path, and do nothing else')
    .action(async (paths: string[], { verbose, rule, printConfig: onlySettings, ...options }) => {
      if (onlySettings) return end(await printConfig(paths[0] ?? '.'));
      const selected = selection(paths, options);
      if ('problem' in selected) program.error(selected.problem);
      else end(await check({ ...options, ...selected, verbosity: verbose ? 'verbose' : 'normal', rules: rule ?? [] }));
    });
}

function addFix(program: Command, end: (code: number) => void): void {
  withSelection(program.command('fix'))
    .description('Repairs files in place. Without --unsafe or --fix only what keeps a program’s behaviour.')
    .option('--fix <name>', 'make this repair wherever it is offered; naming it is consent')
    .option('--helper-module <file>', 'write the shared helper of --fix helper to this new file')
    .option('--unsafe', 'allow repairs that add waits and requests')
    .option('--diff', 'show the changes as a unified diff and write nothing')
    .addOption(choice('--format <format>', 'json: tell the changes as text edits and write nothing', ['text', 'json']))
    .action(async (paths: string[], { fix: repair, unsafe, diff, format, rule, ...options }) => {
      const selected = selection(paths, options);
      if ('problem' in selected) return program.error(selected.problem);
      const allow = unsafe ? 'unsafe' : 'safe';
      const output = format === 'json' ? 'json' : diff ? 'diff' : 'write';
      end(await fix({ ...options, ...selected, ...(repair && { repair }), allow, output, rules: rule ?? [] }));
    });
}

function addExplain(program: Command, end: (code: number) => void): void {
  program
    .command('explain')
    .description('Tells about a rule, the requests in a line of a file, or an error’s text; alone it lists the rules.')
    .argument(
      '[what...]',
      'a rule’s id, file:line, notebook:cell:line, an error’s text, or - to read the text from standard input',
    )
    .addOption(choice('--format <format>', 'how to tell', ['text', 'json']).default('text'))
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .action(async (words: string[], { format }) => end(await explain({ words, format })));
}

function addSimulate(program: Command, end: (code: number) => void): void {
  program
    .command('simulate')
    .description('Plays requests against a provider’s limit in virtual time, and shows what each policy makes of them.')
    .argument('[place]', 'file:line of a call: its SDK, its retries and how often it is sent are taken from there')
    .addOption(whole('--requests <n>', 'how many answers the program wants (1000)', 1, 100_000))
    .addOption(whole('--rpm <n>', 'the limit on requests a minute (500; without --tpm the only limit)', 1))
    .addOption(whole('--tpm <n>', 'the limit on tokens a minute (30000; without --rpm the only limit)', 1))
    .addOption(whole('--tokens <n>', 'how many tokens a request counts (1000)', 0))
    .addOption(whole('--workers <n>', 'how many requests run at once (1)', 1, 100_000))
    .addOption(choice('--policy <name>', 'what the client does', policyNames))
    .addOption(whole('--retries <n>', 'the SDK’s own retries (2)', 0, 100))
    .addOption(whole('--concurrency <n>', 'what throttling lets run at once (5)', 1))
    .addOption(choice('--limit <shape>', 'how the limit counts: as a token bucket, or in fixed windows', limitShapes))
    .addOption(seconds('--window <seconds>', 'the time that the limit is counted over (60)'))
    .addOption(choice('--retry-after <where>', 'where a refusal says how long to wait', toldWaits))
    .addOption(seconds('--answer-seconds <seconds>', 'how long an answer takes (0.5)'))
    .addOption(choice('--on-error <what>', 'what an error that nothing catches does', ['ends', 'goes-on']))
    .addOption(whole('--seed <n>', 'the seed of the jitter', 0).default(1))
    .addOption(choice('--format <format>', 'how to tell', ['text', 'json']).default('text'))
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .action(async (place: string | undefined, options: Omit<SimulateOptions, 'place'>) =>
      end(await simulate({ ...options, ...(place !== undefined && { place }) })),
    );
}

function addMerge(program: Command, end: (code: number) => void): void {
  program
    .command('merge')
    .description('Merges SARIF reports of parts into one, as if all had been checked at once.')
    .argument('<report...>', 'files that check --format sarif has written')
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .action((reports: string[]) => end(merge(reports)));
}

function addServer(program: Command): void {
  program
    .command('lsp')
    .description('Serves an editor by the Language Server Protocol, over standard input and output.')
    .option('--stdio', 'the way to talk that editors ask for by name; there is no other')
    // Editors add arguments of their own.
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .action(async () => {
      const { serve } = await import('../lsp/main.ts');
      serve(process.stdin, process.stdout);
    });
}

function withSelection(command: Command): Command {
  return command
    .argument('[path...]', 'files and folders; - reads standard input')
    .option('--rule <id>', 'look at this rule only; can be given several times', addRule)
    .option('--files-from <file>', 'take the paths from this list, - for standard input; leaves out what a walk would')
    .option('--force-exclude', 'leave out what a walk would, even where it is named')
    .option('--no-ignore', 'take everything but .git: ignored files, installed packages, tests')
    .option('--stdin-filename <name>', 'what standard input is called: its ending tells the language')
    .helpOption('-h, --help', 'show this help')
    .exitOverride();
}

interface Chosen {
  readonly ignore: boolean;
  readonly filesFrom?: string;
  readonly forceExclude?: boolean;
}

function selection(
  paths: readonly string[],
  { ignore, filesFrom, forceExclude }: Chosen,
): Pick<Selection, 'paths' | 'take' | 'how'> | { readonly problem: string } {
  const take = ignore ? 'ours' : 'everything';
  if (filesFrom !== undefined) {
    if (paths.length > 0) return { problem: 'rate-limit-guide: --files-from takes the place of paths.' };
    const list = readList(filesFrom);
    return 'problem' in list ? list : { paths: list.paths, take, how: 'listed' };
  }
  return { paths: paths.length === 0 ? ['.'] : paths, take, how: forceExclude ? 'listed' : 'named' };
}

/** One path a line, or each ended by a NUL. */
function readList(file: string): { readonly paths: readonly string[] } | { readonly problem: string } {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8');
    return { paths: text.split(text.includes('\0') ? '\0' : /\r?\n/).filter((path) => path !== '') };
  } catch (error) {
    return { problem: `rate-limit-guide: ${file}: it can’t be read (${codeOf(error)})` };
  }
}

function choice(flags: string, words: string, values: readonly string[]): Option {
  const option = new Option(flags, `${words} (${values.join(', ')})`);
  return option.argParser((value: string) => {
    if (values.includes(value)) return value;
    throw new InvalidArgumentError(`Expected ${values.join(', ')}.${suggestion(value, values)}`);
  });
}

function whole(flags: string, words: string, least: number, most = 1_000_000_000): Option {
  return new Option(flags, words).argParser((value: string) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  });
}

function seconds(flags: string, words: string): Option {
  return new Option(flags, words).argParser((value: string) => {
    const number = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (number >= 0.001 && number <= 86_400) return number;
    throw new InvalidArgumentError('Expected seconds from 0.001 to 86400.');
  });
}

function addRule(id: string, before: readonly string[] = []): readonly string[] {
  if (!ruleIds.includes(id)) {
    throw new InvalidArgumentError(`There is no such rule.${suggestion(id, ruleIds)}`);
  }
  return [...before, id];
}
