/** Generated programs around a request: random statements, nesting, handlers and comments, mostly well formed. */
import fc from 'fast-check';

/** A block as lines, each with its depth. */
type Block = readonly (readonly [depth: number, text: string])[];

interface Syntax {
  readonly head: string;
  readonly requests: readonly string[];
  readonly simple: readonly string[];
  /** Compound statements: the lines before, between and after their blocks. */
  readonly compound: readonly (readonly string[])[];
}

const python: Syntax = {
  head: 'import time\nimport openai\nfrom openai import OpenAI, RateLimitError\nfrom tenacity import retry\n\nclient = OpenAI()\n',
  requests: [
    'answer = client.chat.completions.create(model="m", messages=[])',
    'return client.responses.create(model="m", input=text)',
    'found = [client.embeddings.create(model="m", input=one) for one in many]',
    'print(client.chat.completions.create(model="m", messages=[]).choices[0].message.content)',
    'yield from client.chat.completions.create(model="m", messages=[], stream=True)',
    'call = lambda: client.responses.create(model="m", input="x")',
    'total += len(client.models.list().data)',
    'answer = await many.chat.completions.create(model="m", messages=[])',
    'prompt = f"{client.responses.create(model=\'m\', input=text).output_text!r:>10}"',
  ],
  simple: [
    'pass',
    'time.sleep(1)',
    'x, *y = 1, 2, 3',
    '# a comment',
    'raise',
    'break',
    'continue',
    'print("""text\n  more""")',
    'del x',
    'global client',
  ],
  compound: [
    ['for attempt in range(3):'],
    ['while not done:'],
    ['if x > 1:', 'else:'],
    ['try:', 'except RateLimitError as error:'],
    ['try:', 'except (openai.APIError, ValueError):', 'finally:'],
    ['with open("f") as f, lock:'],
    ['async def run(self, text):'],
    ['def run(text, *many, key=None):'],
    ['class Thing(Base):'],
    ['match x:', 'case {"a": [1, *_]}:'],
    ['@retry\ndef again(text):'],
  ],
};

const typescript: Syntax = {
  head: "import OpenAI, { RateLimitError } from 'openai';\nimport pRetry from 'p-retry';\n\nconst client = new OpenAI();\n",
  requests: [
    "const answer = await client.chat.completions.create({ model: 'm', messages: [] });",
    "return client.responses.create({ model: 'm', input: text })",
    "const found = await Promise.all(many.map((input) => client.embeddings.create({ model: 'm', input })));",
    "console.log((await client.chat.completions.create({ model: 'm', messages: [] })).choices[0]?.message);",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the generated program's template.
    "client.responses.create({ model: 'm', input: `a ${text}` }).then(done).catch((error) => undefined);",
    "const call = () => client.responses.create({ model: 'm', input: 'x' });",
    'const { data, ...rest } = await client.models.list();',
    "await pRetry(() => client.responses.create({ model: 'm', input: 'x' }));",
    "this.answer ??= await client.responses.create<string>({ model: 'm', input: 'x' } as never);",
  ],
  simple: [
    ';',
    'await pause(1)',
    'let [a, ...b] = c',
    '// a comment',
    'throw error',
    'break',
    'continue',
    'x++',
    'type T = string',
    'console.log(`a\n  b`)',
  ],
  compound: [
    ['for (let attempt = 0; attempt < 3; attempt++) {', '}'],
    ['for (const one of many) {', '}'],
    ['while (!done) {', '}'],
    ['do {', '} while (x);'],
    ['if (x > 1) {', '} else {', '}'],
    ['try {', '} catch (error) {', '}'],
    ['try {', '} catch {', '} finally {', '}'],
    ['switch (x) { case 1: {', '} }'],
    ['async function run(text: string) {', '}'],
    ['class Thing extends Base { #client = new OpenAI(); async run(text) {', '} }'],
    ['export const run = async (text: string) => {', '};'],
    ['label: for (;;) {', '}'],
  ],
};

export const pythonProgram = program(python, (depth) => '    '.repeat(depth));
export const typescriptProgram = program(typescript, (depth) => '  '.repeat(depth));

function program(syntax: Syntax, indent: (depth: number) => string): fc.Arbitrary<string> {
  const { block } = fc.letrec<{ block: Block; statement: Block }>((tie) => ({
    block: fc
      .array(tie('statement'), { minLength: 1, maxLength: 4, depthIdentifier: 'nesting' })
      .map((parts) => parts.flat()),
    statement: fc.oneof(
      { depthIdentifier: 'nesting', maxDepth: 4, withCrossShrink: true },
      { weight: 2, arbitrary: fc.constantFrom(...syntax.requests).map((text): Block => [[0, text]]) },
      { weight: 2, arbitrary: fc.constantFrom(...syntax.simple).map((text): Block => [[0, text]]) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...syntax.compound), tie('block'), tie('block'), tie('block'))
          .map(([lines, ...blocks]) =>
            lines.flatMap(
              (line, at): Block => [
                [0, line],
                ...(closes(line, lines) ? [] : blocks[at % 3]!.map(([depth, text]) => [depth + 1, text] as const)),
              ],
            ),
          ),
      },
    ),
  }));
  return block.map(
    (lines) =>
      syntax.head +
      lines
        .map(([depth, text]) =>
          text
            .split('\n')
            .map((line) => indent(depth) + line)
            .join('\n'),
        )
        .join('\n'),
  );
}

/** Whether a line ends its compound statement, so that no block follows it. */
function closes(line: string, lines: readonly string[]): boolean {
  return line.startsWith('}') && line === lines.at(-1) && !line.endsWith('{');
}
