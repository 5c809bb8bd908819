/** Requests made by hand for the tests of the TypeScript editor: every call whose path the catalogue knows. */
import type { Call } from '../../src/core/facts.ts';
import type { Request } from '../../src/core/verdict.ts';
import type { Node, Tree } from '../../src/languages/syntax.ts';
import { openaiNode } from '../../src/sdks/openai.ts';
import { openaiNode3 } from '../../src/sdks/openai-legacy.ts';

const other = { k: 'other', at: { start: 0, end: 0 }, parts: [] } as const;

/** The file's requests, in order. */
export function requestsIn(tree: Tree): readonly Request[] {
  const found: Request[] = [];
  for (const node of tree.root.descendantsOfType('call_expression')) {
    const head = node.childForFieldName('function');
    const callee = head?.type === 'await_expression' ? head.namedChild(0) : head;
    if (!callee) continue;
    const written = callee.text.replace(/\s|\?(?=\.)|!/g, '');
    for (const sdk of [openaiNode, openaiNode3])
      for (const [path, method] of sdk.methods) {
        if (!written.endsWith(`.${path}`) || (path.split('.').length === 1 && sdk === openaiNode)) continue;
        if (found.some(({ call }) => call.at.end === node.endIndex)) continue;
        const constructed = tree.root
          .descendantsOfType('new_expression')
          .find((it) => /^new (\w+\.)?\w*OpenAI\b/.test(it.text));
        found.push({
          call: call(callee.startIndex, node.endIndex, false),
          at: { start: callee.startIndex, end: callee.endIndex },
          text: written,
          fn: 0,
          sdk,
          path,
          method,
          client: {
            at: { start: callee.startIndex, end: callee.startIndex },
            known: tree.text.includes('shape-only') ? 'shape' : 'instance',
            ...(constructed && { construction: construction(constructed) }),
            retries: /maxRetries: 0/.test(constructed?.text ?? '')
              ? { k: 'set', count: 0, at: other }
              : { k: 'default' },
          },
          streams: /stream: true/.test(node.text),
          async: true,
        });
      }
  }
  return found;
}

function call(start: number, end: number, isNew: boolean): Call {
  return { k: 'call', at: { start, end }, callee: other, args: [], isNew };
}

function construction(node: Node): Call {
  return call(node.childForFieldName('constructor')!.startIndex, node.endIndex, true);
}
