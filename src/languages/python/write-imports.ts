/** The imports of a Python file: how a repair reaches a name, and the import lines that it adds for it. */
import type { Node, Tree } from '../syntax.ts';
import type { Draft } from './write-draft.ts';
import { extend, insertSorted, type Place, placeFor, writeBlock } from './write-import-lines.ts';
import {
  contains,
  type Import,
  outermostTry,
  readImports,
  rootOf,
  standardModules,
  topStatement,
} from './write-import-list.ts';
import { firstFree, type Names, scopeOf } from './write-names.ts';

export interface Imports {
  /** Whether the file imports `module` or something from it at run time. */
  has(module: string): boolean;
  /** An expression for the attribute of a module: `time.sleep`, or `sleep` where the file imports that. */
  attribute(module: string, name: string): string;
  /** A name imported from a module: `cast`, or `typing.cast` where the file imports the module. */
  member(module: string, name: string): string;
  /** As `member`; where the file imports the module only when it needs it, with a `line` to write right before their use. */
  membersAtSite(
    module: string,
    names: readonly string[],
  ): { readonly names: readonly string[]; readonly line?: string };
  /** Whether the file imports from `module`, but nowhere at the top level. */
  isLazy(module: string): boolean;
  /** Where code that follows the imports goes: at the end of a line, or before a line. */
  readonly place: Place;
  /** Writes the import lines; `code` comes after them, or after the `helpers` that the file has already. */
  write(draft: Draft, code: readonly string[], helpers: Node | undefined): void;
}

/** Names that the written helpers use for their own variables: no import may go by one of them. */
const helperVariables = new Set(
  'after after_ms args attempt attempts body call date delay error headers jittered kwargs number parts response retry_state send started text told unit units wait'.split(
    ' ',
  ),
);

/** Reads the imports for the repair of `site`. */
export function importsOf(tree: Tree, names: Names, site: Node): Imports {
  const all = readImports(tree.root);
  const place = placeFor(tree, topStatement(site));
  const inFunction = scopeOf(site).type !== 'module';
  const taken = new Set<string>();
  const added = new Map<string, string>();
  const lines: string[] = [];
  const fromLines = new Map<string, string[]>();
  const merges = new Map<Import, string[]>();

  // What a helper's definition needs must be there before it; the rest, when the site runs.
  const comesBefore = ({ node, module }: Import) =>
    node.startIndex < place.at || (module !== 'typing' && (node.endIndex <= site.startIndex || inFunction));
  const usable = (one: Import, as: string): boolean => {
    if ((one.where !== 'top' && one.where !== 'try') || !comesBefore(one) || helperVariables.has(as)) return false;
    const home = one.where === 'try' ? outermostTry(one.node) : one.node;
    return (
      names.isSeen(as, site) &&
      names.topBindings(as).every((use) => contains(home, use) || sameImport(all, one, as, use))
    );
  };
  const canBind = (name: string) => !taken.has(name) && !helperVariables.has(name) && names.isFreeAtTop(name, site);
  const existingModule = (module: string): string | undefined => {
    // `import email` does not load `email.utils`; the packages of SDKs load their modules themselves.
    const isReached = (name: string) => name === module || (name === rootOf(module) && !standardModules.has(name));
    for (const one of all) {
      const parent = one.form === 'names' ? `${one.module}.` : '';
      for (const { name, as, isAlias } of one.bound) {
        if (!isReached(parent + name) || !usable(one, as)) continue;
        return isAlias || parent ? as + module.slice((parent + name).length) : module;
      }
    }
    return undefined;
  };
  const existingName = (module: string, name: string): string | undefined => {
    for (const one of all) {
      if (one.form !== 'names' || one.module !== module) continue;
      for (const bound of one.bound) if (bound.name === name && usable(one, bound.as)) return bound.as;
    }
    return undefined;
  };
  const once = (key: string, make: () => string): string => {
    const before = added.get(key);
    if (before !== undefined) return before;
    const made = make();
    added.set(key, made);
    return made;
  };
  const take = (base: string): string => {
    const name = firstFree(base, canBind);
    taken.add(name);
    return name;
  };

  const member = (module: string, name: string): string =>
    once(`${module}:${name}`, () => {
      const found = existingName(module, name);
      if (found) return found;
      const whole = existingModule(module);
      if (whole) return `${whole}.${name}`;
      const as = take(canBind(name) ? name : aliasOf(module, name));
      const written = as === name ? name : `${name} as ${as}`;
      const home = all.find(
        (one) =>
          one.form === 'names' &&
          one.module === module &&
          (one.where === 'top' || one.where === 'try') &&
          !one.node.hasError &&
          comesBefore(one),
      );
      if (home) merges.set(home, [...(merges.get(home) ?? []), written]);
      else fromLines.set(module, [...(fromLines.get(module) ?? []), written]);
      return as;
    });

  const isLazy = (module: string): boolean => {
    const own = all.filter((one) => one.where !== 'types' && imports(one, module));
    return own.length > 0 && own.every((one) => one.where === 'inner');
  };

  return {
    place,
    isLazy,
    has: (module) => all.some((one) => one.where !== 'types' && imports(one, module)),
    attribute(module, name) {
      const found = existingModule(module);
      if (found) return `${found}.${name}`;
      const single = existingName(module, name);
      if (single) return single;
      const as = once(module, () => {
        const free = take(canBind(module) ? module : `${module}_module`);
        lines.push(free === module ? `import ${module}` : `import ${module} as ${free}`);
        return free;
      });
      return `${as}.${name}`;
    },
    member,
    membersAtSite(module, wanted) {
      const missing: string[] = [];
      const found = wanted.map((name) => {
        const known = existingName(module, name) ?? (existingModule(module) && member(module, name));
        if (known) return known;
        if (!isLazy(module)) return member(module, name);
        const local = localMember(all, names, site, module, name, (home, written) =>
          merges.set(home, [...(merges.get(home) ?? []), written]),
        );
        if (local) return local;
        const scope = scopeOf(site);
        const isKnown = all.some(
          (one) =>
            one.module === module && scopeOf(one.node).id === scope.id && one.bound.some(({ as }) => as === name),
        );
        const as = isKnown ? name : firstFree(name, (each) => names.isFree(each, scope));
        missing.push(as === name ? name : `${name} as ${as}`);
        return as;
      });
      if (missing.length === 0) return { names: found };
      return { names: found, line: `from ${module} import ${missing.toSorted().join(', ')}` };
    },
    write(draft, code, helpers) {
      for (const [one, written] of merges) {
        extend(draft, tree, one, written);
        for (const each of written) draft.bind(nameOf(each), `${one.module}:${each}`);
      }
      for (const [of, written] of fromLines) for (const each of written) draft.bind(nameOf(each), `${of}:${each}`);
      const from = [...fromLines].map(([of, written]) => `from ${of} import ${written.toSorted().join(', ')}`);
      const rest = insertSorted(draft, tree, all, place, [...lines, ...from]);
      writeBlock(draft, tree, place, rest, code, helpers);
    },
  };
}

/** What `X` or `X as Y` is called in the file. */
function nameOf(written: string): string {
  return written.split(' as ').at(-1)!;
}

function imports(one: Import, module: string): boolean {
  const root = rootOf(module);
  return one.form === 'module'
    ? one.bound.some(({ name }) => rootOf(name) === root)
    : rootOf(one.module) === root && one.module !== '';
}

/** `OpenAIRateLimitError`, `typing_cast`: what a name is called where the file has taken its own. */
function aliasOf(module: string, name: string): string {
  const root = rootOf(module);
  if (!/^[A-Z]/.test(name)) return `${root}_${name}`;
  return root.replace(/^./, (letter) => letter.toUpperCase()).replace(/ai$/, 'AI') + name;
}

/** Whether another import binds `as` to the same thing, so that it does not matter which one ran last. */
function sameImport(all: readonly Import[], one: Import, as: string, use: Node): boolean {
  const other = all.find(({ node }) => contains(node, use));
  const meant = (of: Import | undefined) => of?.bound.find((bound) => bound.as === as);
  const [mine, others] = [meant(one), meant(other)];
  if (!mine || !others || other?.form !== one.form || other.module !== one.module) return false;
  if (mine.name === others.name && mine.isAlias === others.isAlias) return true;
  return one.form === 'module' && !mine.isAlias && !others.isAlias;
}

/** An import of the same package that has run before the site, in a function or block round it: the name is added there. */
function localMember(
  all: readonly Import[],
  names: Names,
  site: Node,
  module: string,
  name: string,
  merge: (home: Import, written: string) => void,
): string | undefined {
  for (let scope = scopeOf(site); ; scope = scopeOf(scope)) {
    for (const one of all) {
      const isHere = scopeOf(one.node).id === scope.id && one.node.parent && contains(one.node.parent, site);
      if (!isHere || one.node.startIndex > site.startIndex || scope.type === 'class_definition') continue;
      if (one.form === 'module') {
        const bound = one.bound.find((each) => each.name === rootOf(module));
        if (bound) return `${bound.as}${module.slice(bound.name.length)}.${name}`;
      } else if (one.form === 'names' && one.module === module) {
        const known = one.bound.find((bound) => bound.name === name);
        if (known) return known.as;
        const as = firstFree(name, (each) => names.isFree(each, scope));
        merge(one, as === name ? name : `${name} as ${as}`);
        return as;
      }
    }
    if (scope.type === 'module') return undefined;
  }
}
