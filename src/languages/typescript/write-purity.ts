/** Which expressions can be evaluated again on each attempt: those that only read, or that make something fresh. */
import type { Node } from '../syntax.ts';
import { declarationOf } from './write-names.ts';
import { functionKinds, isGenerator, namedChildren, unwrapped } from './write-syntax.ts';

/**
 * Whether evaluating `node` twice is as good as once, as far as its text tells. Getting a property counts as reading.
 * Nodes whose ids are in `seen` are taken to be pure.
 */
export function isPure(node: Node, seen: ReadonlySet<number> = new Set()): boolean {
  if (seen.has(node.id)) return true;
  const all = (nodes: readonly Node[]) => nodes.every((child) => isPure(child, seen));
  switch (node.type) {
    case 'unary_expression':
      return node.child(0)?.type !== 'delete' && all(namedChildren(node));
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
      return all(namedChildren(node).slice(0, 1));
    case 'type_assertion':
      return all(namedChildren(node).slice(-1));
    case 'pair':
      return all([node.childForFieldName('key'), node.childForFieldName('value')].filter((child) => child !== null));
    case 'call_expression':
      return isPureCall(node, seen);
    case 'new_expression':
      return isPureConstruction(node, seen);
    default:
      return leaves.has(node.type) || (inner.has(node.type) && all(namedChildren(node)));
  }
}

const leaves: ReadonlySet<string> = new Set([
  ...functionKinds,
  ...'identifier property_identifier private_property_identifier shorthand_property_identifier this super'.split(' '),
  ...'string number regex true false null undefined meta_property string_fragment escape_sequence'.split(' '),
]);

const inner: ReadonlySet<string> = new Set(
  `parenthesized_expression member_expression subscript_expression template_string template_substitution object array
  spread_element computed_property_name binary_expression ternary_expression sequence_expression optional_chain`.split(
    /\s+/,
  ),
);

function isPureCall(call: Node, seen: ReadonlySet<number>): boolean {
  const callee = call.childForFieldName('function');
  const args = call.childForFieldName('arguments');
  if (!callee || args?.type !== 'arguments') return false;
  const parts = namedChildren(args);
  if (!parts.every((part) => isPure(part, seen))) return false;
  if (callee.type === 'identifier') {
    const known = declarationOf(callee, callee.text);
    if (!known) return pureGlobals.has(callee.text);
    if (known.kind === 'import') return pureImports.has(callee.text);
    return hasPureBody(callee, seen);
  }
  if (callee.type !== 'member_expression') return false;
  const object = callee.childForFieldName('object')!;
  const method = callee.childForFieldName('property')!.text;
  if (object.type === 'identifier' && pureMembers[object.text]?.test(method)) return true;
  if (!pureMethods.has(method) || !isPure(object, seen)) return false;
  return parts.every((part) => hasPureBody(part, seen) || !canBeFunction(part));
}

function isPureConstruction(node: Node, seen: ReadonlySet<number>): boolean {
  const args = node.childForFieldName('arguments');
  const parts = args ? namedChildren(args) : [];
  const name = node.childForFieldName('constructor')?.text ?? '';
  if (!parts.every((part) => isPure(part, seen))) return false;
  // A date without arguments tells the time; a client is made, and nothing is sent.
  return (name === 'Date' && parts.length > 0) || pureClasses.has(name) || /^\w*(OpenAI|Anthropic|Groq)$/.test(name);
}

/** Whether calling what `node` stands for, a function written here or one declared in this file, only reads. */
function hasPureBody(node: Node, seen: ReadonlySet<number>): boolean {
  const fn = functionOf(node);
  if (fn && seen.has(fn.id)) return true;
  const body = fn?.childForFieldName('body');
  if (!fn || !body || isGenerator(fn)) return false;
  const deeper = new Set([...seen, fn.id]);
  return body.type === 'statement_block' ? isPureStatement(body, deeper) : isPure(body, deeper);
}

function functionOf(node: Node): Node | undefined {
  const value = unwrapped(node);
  if (functionKinds.has(value.type)) return value;
  if (value.type !== 'identifier') return undefined;
  const known = declarationOf(value, value.text);
  if (known?.kind === 'function' && functionKinds.has(known.holder.type)) return known.holder;
  const initial = known?.kind === 'const' ? known.holder.childForFieldName('value') : null;
  return initial && functionKinds.has(initial.type) ? initial : undefined;
}

function isPureStatement(node: Node, seen: ReadonlySet<number>): boolean {
  const all = (nodes: readonly Node[]) => nodes.every((child) => isPureStatement(child, seen));
  switch (node.type) {
    case 'statement_block':
    case 'else_clause':
    case 'lexical_declaration':
      return all(namedChildren(node));
    case 'if_statement':
      return isPure(node.childForFieldName('condition')!, seen) && all(namedChildren(node).slice(1));
    case 'variable_declarator': {
      const value = node.childForFieldName('value');
      return !value || isPure(value, seen);
    }
    case 'return_statement':
    case 'throw_statement':
      return namedChildren(node).every((child) => isPure(child, seen));
    default:
      return node.type === 'empty_statement';
  }
}

function canBeFunction(node: Node): boolean {
  const { type } = unwrapped(node);
  return type === 'identifier' || type === 'member_expression' || type === 'call_expression' || functionKinds.has(type);
}

/** An expression that hands out a stream: what was read once is gone the second time, so each attempt needs a fresh one. */
export function makesStream(node: Node): boolean {
  return /\b(createReadStream|openAsBlob)\(/.test(node.text);
}

const pureGlobals: ReadonlySet<string> = new Set(
  `String Number Boolean BigInt Array parseInt parseFloat isNaN encodeURI encodeURIComponent decodeURI decodeURIComponent
  structuredClone`.split(/\s+/),
);

/** Helpers of the SDKs, and of Node, that build a value from their arguments. */
const pureImports: ReadonlySet<string> = new Set(
  'zodResponseFormat zodTextFormat zodFunction zodResponsesFunction createReadStream'.split(' '),
);

const pureMembers: Readonly<Record<string, RegExp>> = {
  JSON: /^(stringify|parse)$/,
  Math: /^(?!random$)/,
  Object: /^(keys|values|entries|fromEntries)$/,
  Array: /^(from|of|isArray)$/,
  String: /^(raw|fromCharCode|fromCodePoint)$/,
  Number: /^/,
  Buffer: /^(from|concat|byteLength)$/,
  path: /^(join|resolve|basename|dirname|extname|relative|normalize)$/,
  fs: /^createReadStream$/,
};

const pureMethods: ReadonlySet<string> = new Set(
  `at charAt charCodeAt codePointAt concat endsWith every filter find findIndex findLast flat flatMap includes indexOf join
  lastIndexOf localeCompare map normalize padEnd padStart reduce reduceRight repeat replace replaceAll slice some split
  startsWith substring toFixed toISOString toLocaleLowerCase toLocaleUpperCase toLowerCase toReversed toSorted toString
  toUpperCase trim trimEnd trimStart valueOf with`.split(/\s+/),
);

const pureClasses: ReadonlySet<string> = new Set(
  'Set Map URL URLSearchParams Error TypeError RangeError RegExp Uint8Array File Blob'.split(' '),
);
