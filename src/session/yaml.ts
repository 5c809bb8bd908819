/** As much of YAML as lock files and environments are written in: block maps and lists of one-line scalars. */

export type Yaml = string | readonly Yaml[] | YamlMap;
export interface YamlMap {
  readonly pairs: ReadonlyMap<string, Yaml>;
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** No lock file nests so deep; what does is not worth a stack overflow. */
const maxDepth = 50;

/** Reads what it understands; anything else is left out. */
export function readYaml(text: string): Yaml {
  const lines: Line[] = [];
  for (const line of text.split(/\r?\n/)) {
    const content = line.trim();
    if (!content || content.startsWith('#') || content === '---') continue;
    lines.push({ indent: line.length - line.trimStart().length, text: content });
  }
  return block(lines, { at: 0 }, -1, 0);
}

export function yamlAt(yaml: Yaml | undefined, ...keys: readonly string[]): Yaml | undefined {
  let at = yaml;
  for (const key of keys)
    at = at !== undefined && typeof at !== 'string' && 'pairs' in at ? at.pairs.get(key) : undefined;
  return at;
}

export function yamlText(yaml: Yaml | undefined): string | undefined {
  return typeof yaml === 'string' ? yaml : undefined;
}

/** The lines that stand deeper than `indent`, from the cursor on. */
function block(lines: readonly Line[], cursor: { at: number }, indent: number, depth: number): Yaml {
  const pairs = new Map<string, Yaml>();
  const list: Yaml[] = [];
  for (let line = lines[cursor.at]; line && line.indent > indent; line = lines[cursor.at]) {
    cursor.at++;
    const { item, key, value } = split(line.text);
    const next = lines[cursor.at];
    // A list may stand at its key's own depth.
    const sameDepth = next?.indent === line.indent && next.text.startsWith('- ') && !item;
    const below = next && depth < maxDepth && (next.indent > line.indent || sameDepth);
    const content =
      value !== '' || !below ? value : block(lines, cursor, sameDepth ? line.indent - 1 : line.indent, depth + 1);
    if (item) list.push(key === undefined ? content : { pairs: new Map([[key, content]]) });
    else if (key !== undefined) pairs.set(key, content);
  }
  return list.length > 0 && pairs.size === 0 ? list : { pairs };
}

function split(text: string): { item: boolean; key?: string; value: string } {
  const item = text === '-' || text.startsWith('- ');
  const rest = item ? text.slice(1).trim() : text;
  const entry = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#][^#]*?):(?:\s+(.*))?$/.exec(rest);
  if (!entry) return { item, value: scalar(rest) };
  return { item, key: unquote(entry[1] ?? ''), value: scalar(entry[2] ?? '') };
}

function scalar(text: string): string {
  return unquote(/^["']/.test(text) ? text : text.replace(/\s+#.*$/, '').trim());
}

function unquote(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}
