/** Error classes that a file names and that the version of the SDK which it uses does not have. */
import type { Sdk } from './catalogue.ts';
import type { Expr } from './facts.ts';
import type { Meaning } from './meaning.ts';
import { type Around, nameOf, type Program, type Use } from './program.ts';
import type { Versions } from './requests.ts';
import type { Resolver } from './resolve.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';

export interface OutdatedError {
  /** The class as the code names it. */
  readonly at: Span;
  readonly name: string;
  readonly sdk: Sdk;
  /** There is something of that name, and it is no error. */
  readonly noError?: true;
  /** The class of this version that stands for the same errors, by its path from the package. */
  readonly instead?: string;
  /** What is to be written in the place of what, where that is plain: the part that differs. */
  readonly replaced?: { readonly at: Span; readonly text: string };
  /** It comes by an import that fails, of these names: the path of what each is now, where there is such. */
  readonly imported?: ReadonlyMap<string, string | undefined>;
}

export function outdatedErrors(
  program: Program,
  requests: readonly Request[],
  resolver: Resolver,
  versions: Versions,
): readonly OutdatedError[] {
  const used = requests.filter(({ client }) => client.known !== 'shape').map(({ sdk }) => sdk);
  const found = [...new Set(used)].flatMap((sdk) => {
    const { renamed } = sdk.errors;
    // A file that goes both ways knows what it does.
    if (!renamed || used.some((other) => other !== sdk && other.packageName === sdk.packageName)) return [];
    const major = Number.parseInt(versions.get(sdk.packageName) ?? '', 10);
    if (sdk.errors.since !== undefined && major < sdk.errors.since) return [];
    if (sdk.errors.below !== undefined && major >= sdk.errors.below) return [];
    return [
      ...attributes(program, sdk, renamed, resolver),
      ...imports(program, sdk, renamed),
      ...noErrors(program, sdk, renamed),
    ];
  });
  return found.sort((a, b) => a.at.start - b.at.start);
}

type Renamed = ReadonlyMap<string, string | undefined>;

/** `openai.error.RateLimitError` */
function attributes(program: Program, sdk: Sdk, renamed: Renamed, resolver: Resolver): readonly OutdatedError[] {
  const names = new Set([...renamed.keys()].map((path) => path.split('.').at(-1)!));
  return [...names].flatMap((name) =>
    (program.members.get(name) ?? []).flatMap((use): readonly OutdatedError[] => {
      if (use.expr.k !== 'attr' || isCalled(use) || isGuarded(use.around)) return [];
      const path = pathOf(resolver.meanings(use.expr, use), sdk);
      if (path === undefined || !renamed.has(path)) return [];
      const instead = renamed.get(path);
      const replaced = instead === undefined ? undefined : replacement(use.expr, path, instead);
      return [
        {
          at: use.expr.at,
          name: nameOf(use.expr),
          sdk,
          ...(sdk.errors.others?.includes(path) && { noError: true as const }),
          ...(instead !== undefined && { instead }),
          ...(replaced && { replaced }),
        },
      ];
    }),
  );
}

/** `from openai.error import RateLimitError`, `import { APIStatusError } from 'openai'`: once for all names of a module. */
function imports(program: Program, sdk: Sdk, renamed: Renamed): readonly OutdatedError[] {
  const found = new Map<string, { at: Span; names: Map<string, string | undefined> }>();
  for (const { what, at } of program.facts.vars) {
    if (what.k !== 'import' || what.typeOnly) continue;
    const path = pathOf([{ k: 'export', module: what.module, path: [what.name] }], sdk);
    if (path === undefined || !renamed.has(path) || sdk.errors.others?.includes(path)) continue;
    if (isGuardedImport(program, what.module)) continue;
    const one = found.get(what.module) ?? { at, names: new Map() };
    found.set(what.module, { ...one, names: one.names.set(what.name, renamed.get(path)) });
  }
  return [...found].map(([module, { at, names }]) => {
    const [name] = names.keys();
    return { at, name: program.facts.language === 'python' ? `${module}.${name}` : name!, sdk, imported: names };
  });
}

/** `from openai import Timeout` … `except Timeout`: the import succeeds, and the handler fails. */
function noErrors(program: Program, sdk: Sdk, renamed: Renamed): readonly OutdatedError[] {
  return program.facts.vars.flatMap(({ name, what }, id): readonly OutdatedError[] => {
    if (what.k !== 'import') return [];
    const path = pathOf([{ k: 'export', module: what.module, path: [what.name] }], sdk);
    const instead = path === undefined ? undefined : renamed.get(path);
    if (path === undefined || instead === undefined || !sdk.errors.others?.includes(path)) return [];
    return (program.uses.get(id) ?? [])
      .filter(asksForErrors)
      .map(({ expr }) => ({ at: expr.at, name, sdk, instead, noError: true }));
  });
}

/** Whether a name stands among a handler's classes, or in a decorator. */
function asksForErrors({ expr, around }: Use): boolean {
  for (let at = around; at; at = at.outer) {
    if (at.k === 'edge') return at.what === 'decorator';
    if (at.k === 'stmt')
      return at.part === 'handler' && (at.handler?.catches?.some((one) => one.at.start === expr.at.start) ?? false);
    if (at.node.k === 'call' && at.part === 'callee') return false;
  }
  return false;
}

/** The path from the package: `error.RateLimitError`. */
function pathOf(meanings: readonly Meaning[], { modules, clients, packageName }: Sdk): string | undefined {
  const [only, ...others] = meanings;
  if (only?.k !== 'export' || others.length > 0) return undefined;
  const isWhole = only.module === packageName || modules.includes(only.module);
  if (!isWhole && !only.module.startsWith(`${packageName}.`)) return undefined;
  const inside = isWhole ? [] : only.module.split('.').slice(1);
  const path = only.path.filter((name, at) => at > 0 || !(name === 'default' || clients.has(name)));
  return [...inside, ...path].join('.');
}

/** What differs between the two paths, where both are spelled out from the package on. */
function replacement(expr: Expr & { k: 'attr' }, path: string, instead: string): OutdatedError['replaced'] {
  let root: Expr = expr;
  for (const _ of path.split('.')) {
    if (root.k !== 'attr') return undefined;
    root = root.of;
  }
  return { at: { start: root.at.end, end: expr.at.end }, text: `.${instead}` };
}

function isCalled({ around }: Use): boolean {
  return around?.k === 'expr' && around.node.k === 'call' && around.part === 'callee';
}

/** Whether the code asks first: `hasattr(openai, "error")`, a test of the version, a `try` for it. */
function isGuarded(around: Around | undefined): boolean {
  for (let at = around; at && at.k !== 'edge'; at = at.outer) {
    const { node } = at;
    const test = node.k === 'if' || node.k === 'either' ? node.test : undefined;
    if (test && /hasattr|getattr|version|legacy|_v\d|new_|old_/i.test(namesIn(test))) return true;
    if (node.k === 'call' && /^(hasattr|getattr)$/.test(nameOf(node.callee))) return true;
    if (at.k === 'stmt' && node.k === 'try' && at.part === 'body') {
      const caught = node.handlers.flatMap(({ catches }) => catches?.map(nameOf) ?? ['Exception']);
      if (caught.some((one) => /^(ImportError|ModuleNotFoundError|AttributeError)$/.test(one))) return true;
    }
  }
  return false;
}

function namesIn(test: Expr): string {
  const inner = test.k === 'not' ? test.value : test;
  if (inner.k === 'binary' || inner.k === 'and') return `${namesIn(inner.left)} ${namesIn(inner.right)}`;
  return nameOf(inner);
}

/** Whether the import stands in a `try` for it; the facts keep no statement of an import. */
function isGuardedImport({ facts }: Program, module: string): boolean {
  const ats = facts.imports.filter((one) => one.module === module).map(({ at }) => at);
  return facts.fns[0]!.body.some(
    (stmt) =>
      (stmt.k === 'try' || stmt.k === 'if') &&
      ats.some(({ start, end }) => stmt.at.start <= start && end <= stmt.at.end),
  );
}
