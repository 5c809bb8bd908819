/** The parser's tree as plain objects: read once by cursor, so that the reader behind it walks without crossing into wasm. */
import type { Span } from '../../core/span.ts';
import type { Tree } from '../syntax.ts';

export interface SyntaxNode {
  readonly kind: string;
  /** False for a token that the grammar writes as text: `async`, `+=`. */
  readonly named: boolean;
  /** The field it fills in its parent, or `''`. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

export interface Nodes {
  readonly root: SyntaxNode;
  readonly errors: readonly Span[];
}

interface Growing extends SyntaxNode {
  readonly children: Growing[];
}

/**
 * Reads the whole tree without recursion. Left out: comments, brackets and other punctuation, and the inside of what holds
 * no expressions (literals, most types). An unreadable stretch inside an expression is moved behind the statement that it
 * stands in, so that whoever reads expressions meets none.
 */
export function nodesOf(tree: Tree): Nodes {
  const { root } = tree;
  const kinds = kindsOf(tree);
  const broken = root.hasError;
  const errors: Span[] = [];
  const cursor = root.walk();
  const top = node(kinds.named(root.typeId), true, '', root.startIndex, root.endIndex);
  if (top.kind === 'ERROR') errors.push(spanOfNode(top));
  const path: Growing[] = [top];
  const containers: Growing[] = [top];
  try {
    if (!cursor.gotoFirstChild()) return { root: top, errors };
    for (;;) {
      const id = cursor.nodeTypeId;
      const treatment = kinds.treatment(id);
      if (broken && cursor.startIndex === cursor.endIndex && cursor.nodeIsMissing)
        errors.push({ start: cursor.startIndex, end: cursor.endIndex });
      if (treatment !== 'drop') {
        const parent = path.at(-1)!;
        const own = node(
          kinds.named(id),
          kinds.isNamed(id),
          kinds.field(cursor.currentFieldId),
          cursor.startIndex,
          cursor.endIndex,
        );
        const unread = own.kind === 'ERROR';
        if (unread) errors.push(spanOfNode(own));
        (unread ? containers.at(-1)! : parent).children.push(own);
        // Where something is wrong, the wrong place may lie inside what is otherwise left out.
        const open = treatment === 'inner' || (treatment === 'closed' && broken && cursor.currentNode.hasError);
        if (open && cursor.gotoFirstChild()) {
          path.push(own);
          if (isContainer(own.kind)) containers.push(own);
          continue;
        }
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent() || path.length === 1) return { root: top, errors };
        if (containers.at(-1) === path.pop()) containers.pop();
      }
    }
  } finally {
    cursor.delete();
  }
}

export function spanOfNode({ start, end }: Span): Span {
  return { start, end };
}

/** The child in a field. */
export function fieldOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((it) => it.field === field);
}

/** Whether the node has that word of its own: `async`, `static`, `*`. */
export function hasToken(node: SyntaxNode, word: string): boolean {
  return node.children.some((it) => !it.named && it.kind === word);
}

export function firstNamed(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((it) => it.named);
}

export function lastNamed(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.findLast((it) => it.named);
}

function node(kind: string, named: boolean, field: string, start: number, end: number): Growing {
  return { kind, named, field, start, end, children: [] };
}

const isContainer = (kind: string): boolean => kind === 'statement_block' || kind === 'ERROR';

/** `closed`: what has an inside that says nothing about the running program. */
type Treatment = 'drop' | 'leaf' | 'closed' | 'inner';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const dropped = words(
  `( ) { } [ ] ; . : ? ?. => " ' \` \${ optional_chain comment html_comment hash_bang_line string_fragment escape_sequence
  jsx_text html_character_reference`,
);
const leaves = words(
  `identifier property_identifier private_property_identifier shorthand_property_identifier
  shorthand_property_identifier_pattern statement_identifier type_identifier this super null undefined true false import
  number accessibility_modifier override_modifier`,
);
const closed = words(
  `string regex meta_property predefined_type literal_type object_type function_type constructor_type array_type
  tuple_type readonly_type conditional_type lookup_type type_query index_type_query infer_type template_literal_type
  existential_type this_type type_arguments type_parameters type_predicate_annotation asserts_annotation interface_body
  enum_body interface_declaration type_alias_declaration function_signature method_signature index_signature`,
);

interface Kinds {
  named(id: number): string;
  isNamed(id: number): boolean;
  treatment(id: number): Treatment;
  field(id: number): string;
}

/** What to do with each kind, by its number in the grammar. */
function kindsOf(tree: Tree): Kinds {
  const { language } = tree.root.tree;
  const names: string[] = [];
  const named: boolean[] = [];
  const treatments: Treatment[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id) ?? 'ERROR';
    const isNamed = language.nodeTypeIsNamed(id);
    names.push(name);
    named.push(isNamed);
    treatments.push(treatmentOf(name, isNamed));
  }
  const fields = Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id) ?? '');
  // An unreadable stretch has a number outside the table.
  return {
    named: (id) => names[id] ?? 'ERROR',
    isNamed: (id) => named[id] ?? true,
    treatment: (id) => treatments[id] ?? 'inner',
    field: (id) => fields[id] ?? '',
  };
}

function treatmentOf(name: string, named: boolean): Treatment {
  if (dropped.has(name)) return 'drop';
  if (!named || leaves.has(name)) return 'leaf';
  return closed.has(name) ? 'closed' : 'inner';
}
