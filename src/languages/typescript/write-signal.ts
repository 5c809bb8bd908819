/** The AbortSignal that a request was given: a wait between attempts has to heed it too. */
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node } from '../syntax.ts';
import type { Hoisted } from './write-hoist.ts';
import { declarationOf } from './write-names.ts';
import { propertyOf } from './write-options.ts';
import { refuse } from './write-refusal.ts';
import type { Site } from './write-site.ts';
import type { Dialect } from './write-style.ts';
import { namedChildren } from './write-syntax.ts';

/** The expression that gives the signal, or undefined where there is none. */
export function signalOf(request: Request, { args }: Site, hoisted: Hoisted, dialect: Dialect): string | undefined {
  if (request.sdk.errors.reads) return signalAmong(request, args, hoisted);
  const options = namedChildren(args)[1];
  if (!options || options.type === 'undefined' || options.type === 'null') return undefined;
  const own = options.type === 'object' ? propertyOf(options, 'signal') : undefined;
  if (own) {
    const value = own.type === 'pair' ? own.childForFieldName('value')! : own;
    return hoisted.nameOf(value) ?? value.text;
  }
  const sources = options.type === 'object' ? spreadIn(options) : [options];
  const found = sources.map((source) => signalIn(source, hoisted, dialect)).filter((one) => one !== undefined);
  if (found.length > 1) refuse(say('Several objects may hold the AbortSignal of the request.'));
  return found[0];
}

/** The signal in any of the arguments, where each SDK has a place and a name of its own for it. */
function signalAmong({ sdk: { http }, path }: Request, args: Node, hoisted: Hoisted): string | undefined {
  const given = namedChildren(args);
  for (const object of given.filter(({ type }) => type === 'object')) {
    const own = propertyOf(object, 'abortSignal') ?? propertyOf(object, 'signal');
    const value = own?.type === 'pair' ? own.childForFieldName('value')! : own;
    if (value) return hoisted.nameOf(value) ?? value.text;
  }
  const method = path.split('.').slice(1).join('.');
  const places = http?.functions.get(method) ?? http?.methods.get(method);
  const options = given[places ? (places.body ?? places.url) + 1 : 1];
  if ((options && options.type !== 'object') || /signal|cancelToken/i.test(args.text))
    refuse(say('The options of the call may hold an AbortSignal that the waits between attempts could not heed.'));
  return undefined;
}

function spreadIn(object: Node): readonly Node[] {
  return namedChildren(object)
    .filter(({ type }) => type === 'spread_element')
    .map((spread) => namedChildren(spread)[0]!);
}

function signalIn(source: Node, hoisted: Hoisted, dialect: Dialect): string | undefined {
  const known = source.type === 'identifier' ? declarationOf(source, source.text) : undefined;
  const initial = known?.kind === 'const' ? known.holder.childForFieldName('value') : null;
  if (initial?.type === 'object') {
    if (propertyOf(initial, 'signal')) return `${source.text}.signal`;
    if (spreadIn(initial).length === 0) return undefined;
  }
  const text = hoisted.nameOf(source) ?? source.text;
  const type = known?.holder.childForFieldName('type')?.text ?? '';
  if (!/^[\w$.]+$/.test(text))
    refuse(say('The options of the call may hold an AbortSignal that the waits between attempts could not heed.'));
  // Where the type is not in sight, `.signal` might not be in it.
  if (dialect === 'typescript' && !/RequestOptions/.test(type))
    refuse(say('The options of the call may hold an AbortSignal that the waits between attempts could not heed.'));
  return `${text}?.signal`;
}
