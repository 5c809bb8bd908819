/** Which Python expressions can be evaluated again without repeating a side effect. */
import type { Node } from '../syntax.ts';
import type { Names } from './write-names.ts';

const plain = new Set([
  'identifier',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'ellipsis',
  'string_start',
  'string_content',
  'string_end',
  'escape_sequence',
  'escape_interpolation',
  'format_specifier',
  'type_conversion',
  'comment',
  'lambda',
  'type',
]);

/** Nodes that are pure when their parts are. */
const compound = new Set([
  'string',
  'concatenated_string',
  'interpolation',
  'attribute',
  'subscript',
  'slice',
  'tuple',
  'list',
  'dictionary',
  'set',
  'pair',
  'list_comprehension',
  'dictionary_comprehension',
  'set_comprehension',
  'generator_expression',
  'for_in_clause',
  'if_clause',
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'expression_list',
  'parenthesized_expression',
  'unary_operator',
  'binary_operator',
  'boolean_operator',
  'not_operator',
  'comparison_operator',
  'conditional_expression',
  'list_splat',
  'dictionary_splat',
  'keyword_argument',
  'argument_list',
]);

const builtins = new Set(
  'abs all any bool bytes chr dict enumerate float format frozenset getattr hasattr int isinstance len list max min ord range repr reversed round set sorted str sum tuple zip'.split(
    ' ',
  ),
);

/** `open` for reading gives a fresh handle each time. */
const functions =
  /^(?:open|json\.(?:dumps|loads)|os\.(?:getenv|environ\.get|path\.\w+)|textwrap\.\w+|base64\.\w+|Path|pathlib\.Path|dict\.fromkeys|string\.Template)$/;

const methods = new Set(
  'capitalize casefold copy count decode encode endswith format get index isdigit items join keys lower lstrip model_dump model_dump_json model_json_schema read_bytes read_text removeprefix removesuffix replace rstrip safe_substitute split splitlines startswith strftime strip substitute title to_dict upper values isoformat'.split(
    ' ',
  ),
);

/** Whether `node` is pure; `except` counts as pure whatever it is. */
export function isPure(node: Node, names: Names, except?: Node): boolean {
  if (node.id === except?.id || plain.has(node.type)) return true;
  if (node.type === 'call') return isPureCall(node, names, except);
  if (!compound.has(node.type)) return false;
  return node.namedChildren.every((child) => child === null || isPure(child, names, except));
}

function isPureCall(node: Node, names: Names, except?: Node): boolean {
  const callee = node.childForFieldName('function');
  const args = node.childForFieldName('arguments');
  if (!callee || !args || !isPure(args, names, except)) return false;
  if (callee.type === 'identifier' && builtins.has(callee.text)) return names.isSeen(callee.text, node) && names.topBindings(callee.text).length === 0;
  if (functions.test(callee.text) && !isWriting(node)) return true;
  const receiver = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
  return receiver !== null && methods.has(callee.childForFieldName('attribute')?.text ?? '') && isPure(receiver, names, except);
}

/** `open(path, "w")` empties the file. */
function isWriting(call: Node): boolean {
  return /^open\b/.test(call.text) && /["'][rbt]*[wax+][bt+]*["']/.test(call.text);
}
