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
  'line_continuation',
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

/** Those that run over what they are given. */
const consuming = new Set(
  'all any bytes dict enumerate frozenset list max min reversed set sorted sum tuple zip'.split(' '),
);

/** `open` for reading gives a fresh handle each time. */
const functions =
  /^(?:open|json\.(?:dumps|loads)|os\.(?:getenv|environ\.get|path\.\w+)|textwrap\.\w+|base64\.\w+|Path|pathlib\.Path|dict\.fromkeys|string\.Template)$/;

const methods = new Set(
  'capitalize casefold copy count decode encode endswith format index isdigit items join keys lower lstrip model_dump model_dump_json model_json_schema read_bytes read_text removeprefix removesuffix replace rstrip safe_substitute split splitlines startswith strftime strip substitute title to_dict upper values isoformat with_options'.split(
    ' ',
  ),
);

/** Whether `node` is pure; `except` counts as pure whatever it is. */
export function isPure(node: Node, names: Names, except?: Node): boolean {
  if (node.id === except?.id || plain.has(node.type)) return true;
  if (node.type === 'call') return isPureCall(node, names, except);
  if (!compound.has(node.type)) return false;
  if (node.type === 'for_in_clause' && !isRepeatable(node.childForFieldName('right'), names)) return false;
  if (node.type === 'list_splat' && !isRepeatable(node.firstNamedChild, names)) return false;
  return node.namedChildren.every((child) => child === null || isPure(child, names, except));
}

function isPureCall(node: Node, names: Names, except?: Node): boolean {
  const callee = node.childForFieldName('function');
  const args = node.childForFieldName('arguments');
  if (!callee || !args || !isPure(args, names, except)) return false;
  const given = args.namedChildren.filter(
    (child) => child && child.type !== 'comment' && child.type !== 'keyword_argument',
  );
  const isSafe = given.every((child) => isRepeatable(child, names));
  if (callee.type === 'identifier' && builtins.has(callee.text) && names.topBindings(callee.text).length === 0)
    return names.isSeen(callee.text, node) && (isSafe || !consuming.has(callee.text));
  if (functions.test(callee.text)) return !isWriting(node);
  const receiver = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
  const method = callee.childForFieldName('attribute')?.text ?? '';
  return receiver !== null && methods.has(method) && isPure(receiver, names, except) && (isSafe || method !== 'join');
}

/** `open(path, "w")` empties the file. */
function isWriting(call: Node): boolean {
  return /^open\b/.test(call.text) && /["'][rbt]*[wax+][bt+]*["']/.test(call.text);
}

/** Whether running over a value leaves it as it was: an iterator is empty afterwards, and a name may hold one. */
function isRepeatable(node: Node | null, names: Names): boolean {
  switch (node?.type) {
    case 'generator_expression':
      return isPure(node, names);
    case 'parenthesized_expression':
      return isRepeatable(node.firstNamedChild, names);
    case 'call':
      return !/^(?:iter|next|open|reversed|map|filter)\b/.test(node.text);
    case 'identifier':
      return (
        names.bindingsOf(node).length > 0 && names.bindingsOf(node).every((binding) => holdsCollection(binding, names))
      );
    default:
      return node !== null;
  }
}

/** Whether a variable gets a collection here, by its annotation or its value. */
function holdsCollection(binding: Node, names: Names): boolean {
  const { parent } = binding;
  const type = parent?.childForFieldName('type')?.text;
  if (type !== undefined)
    return /^["']?(?:typing\.)?(?:list|tuple|dict|set|frozenset|str|int|float|List|Tuple|Dict|Set|Sequence|Mapping)\b/.test(
      type,
    );
  if (parent?.type === 'list_splat_pattern' || parent?.type === 'dictionary_splat_pattern') return true;
  if (parent?.type !== 'assignment') return false;
  const value = parent.childForFieldName('right');
  if (value?.type === 'call')
    return /^(?:list|tuple|dict|set|sorted|str|len)\(|\.(?:split|splitlines|readlines|copy)\([^()]*\)$/.test(
      value.text,
    );
  return value !== null && value.type !== 'identifier' && value.type !== 'generator_expression' && isPure(value, names);
}
