/** Writes the retry round a request, in the form that its place allows. */
import type { Written } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Span } from '../../core/span.ts';
import type { Request } from '../../core/verdict.ts';
import type { Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { indentAt, lineEnd, movableLines, movedEdits, movedText } from './write-draft.ts';
import { loopAround } from './write-helpers.ts';
import { firstFree, namesOf } from './write-names.ts';
import { earlierLoops, lastHelper, loopNames, wrapper } from './write-needs.ts';
import { type Form, formOf, type Site } from './write-place.ts';
import { type Work, workOn } from './write-work.ts';

export function writeBackoff(tree: Tree, request: Request, site: Site, policy: RetryPolicy): Written {
  const names = namesOf(tree, earlierLoops(tree));
  const form = formOf(tree, request, site, names);
  if (form.k === 'refused') return { refused: form.why };
  const work = workOn(tree, request, site, policy, names);
  if ('refused' in work) return work;
  const why = writeForm(work, form);
  if (why !== undefined) return { refused: why };
  work.imports.write(work.draft, work.code, lastHelper(tree, site));
  return { edits: work.draft.edits() };
}

function writeForm(work: Work, form: Exclude<Form, { k: 'refused' }>): Words | undefined {
  switch (form.k) {
    case 'statement':
      return tryStatement(work, form.statement);
    case 'before':
      return tryBefore(work, form.statement, form.value);
    case 'entered':
      return tryEntering(work, form.statement, form.item, form.isAsync);
    case 'wrapped':
      return wrapInBackoff(work, form.isAsync ? 'async' : 'sync');
  }
}

/** The statement moves two steps in, its own lines unchanged but for that. */
function tryStatement(work: Work, statement: Node): Words | undefined {
  const { tree, manner, draft } = work;
  const names = loopNames(work);
  if ('english' in names) return names;
  const step = manner.unit + manner.unit;
  const leaves = statement.type === 'return_statement' ? 'return' : 'break';
  const indent = indentAt(tree.text, statement.startIndex);
  const [before, after] = loopAround(names, indent, manner.unit, leaves);
  draft.insert(statement.startIndex, before + indent + step);
  for (const at of movableLines(tree, spanOf(statement))) draft.insert(at, step);
  draft.add(movedEdits(work.off, step));
  draft.insert(lineEnd(tree.text, statement.endIndex), after);
  return undefined;
}

/** A statement of the request's own comes before, and a variable where the request stood. */
function tryBefore(work: Work, statement: Node, value: Node): Words | undefined {
  const { tree, manner, draft, site, names, request } = work;
  const loop = loopNames(work);
  if ('english' in loop) return loop;
  const indent = indentAt(tree.text, statement.startIndex);
  const [before, after] = loopAround(loop, indent, manner.unit, 'break');
  const step = manner.unit + manner.unit;
  const variable = firstFree(request.streams ? 'stream' : 'response', (name) => names.isFree(name, site.scope));
  const text = movedText(tree, spanOf(value), work.off, step);
  draft.insert(statement.startIndex, `${before}${indent}${step}${variable} = ${text}${after}\n${indent}`);
  draft.replace(spanOf(value), variable);
  return undefined;
}

/** Entering the context is tried on an exit stack; the block of the `with` stays as it is. */
function tryEntering(work: Work, statement: Node, item: Node, isAsync: boolean): Words | undefined {
  const { tree, manner, draft, site, names, imports } = work;
  const loop = loopNames(work);
  if ('english' in loop) return loop;
  const stackClass = imports.attribute('contextlib', isAsync ? 'AsyncExitStack' : 'ExitStack');
  const stack = firstFree('stack', (name) => names.isFree(name, site.scope));
  const body = statement.childForFieldName('body')!;
  const indent = indentAt(tree.text, body.startIndex);
  const [before, after] = loopAround(loop, indent, manner.unit, 'break');
  const step = manner.unit + manner.unit;
  const target = item.descendantsOfType('as_pattern_target').find((node) => node?.endIndex === item.endIndex)?.text;
  const moved = movedText(
    tree,
    spanOf(site.call),
    work.off,
    indent.slice(indentAt(tree.text, statement.startIndex).length) + step,
  );
  const enter = isAsync ? `await ${stack}.enter_async_context(${moved})` : `${stack}.enter_context(${moved})`;
  draft.replace(spanOf(item), `${stackClass}() as ${stack}`);
  draft.insert(body.startIndex, `${before}${indent}${step}${target ? `${target} = ` : ''}${enter}${after}\n${indent}`);
  return undefined;
}

function wrapInBackoff(work: Work, kind: 'sync' | 'async'): Words | undefined {
  const helper = wrapper(work, kind);
  if (typeof helper !== 'string') return helper.why;
  wrapCallee(work, helper);
  return undefined;
}

/** `with_backoff(client.….create)(…)`: the arguments stay where they are and are evaluated once. */
export function wrapCallee({ draft, site, off }: Work, helper: string): void {
  const callee = site.call.childForFieldName('function')!;
  draft.insert(callee.startIndex, `${helper}(`);
  draft.add(off);
  draft.insert(callee.endIndex, ')');
}

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}
