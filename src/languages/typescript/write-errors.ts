/** How the errors of a request look: what tells a 429 from others, and where it keeps its headers, codes and words. */

import type { SdkErrors } from '../../core/catalogue.ts';

export interface ErrorShape {
  /** What recognises a helper for the same errors. */
  readonly mark: string;
  /**
   * The first lines of a helper with the parameter `error`: they leave it for errors that no wait mends, and declare `codes`,
   * `message` and `headers`. With `attempts`, it also has `attempt`, and leaves when they are spent.
   */
  lines(kind: HelperKind): readonly string[];
}

export interface HelperKind {
  readonly typed: boolean;
  readonly attempts?: number;
  /** The global's name. */
  readonly headers: string;
}

/** Errors with classes of their own, as the generated SDKs have. */
export function classShape(
  base: string,
  connection: string,
  retries: number,
  codes: 'properties' | 'body',
): ErrorShape {
  return {
    mark: `instanceof ${connection}`,
    lines: ({ typed, attempts, headers }) => [
      ...(attempts === undefined
        ? [`  if (!(error instanceof ${base})) return undefined;`]
        : [`  if (!(error instanceof ${base}) || attempt >= ${attempts}) return undefined;`]),
      '  const { message, status = 0 } = error;',
      `  const lost = error instanceof ${connection};`,
      '  const passing = lost || [408, 409].includes(status) || status >= 500;',
      ...(attempts === undefined
        ? ['  if (status !== 429 && !passing) return undefined;']
        : [
            '  // Other passing faults get what the SDK gives them, since its own retries are off.',
            `  if (status !== 429 && !(passing && attempt <= ${retries})) return undefined;`,
          ]),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the written code has the template.
      `  const codes = ${codes === 'properties' ? '`${error.type} ${error.code}`' : 'JSON.stringify(error.error)'};`,
      // The class keeps a plain object in older versions and a `Headers` in newer ones; this reads both.
      ...(typed ? [`  type Init = ConstructorParameters<typeof ${headers}>[0];`] : []),
      `  const headers = new ${headers}(error.headers${typed ? ' as Init' : ''});`,
    ],
  };
}

/** Errors that are told by their status alone. `retries`: how often the SDK itself repeats other passing faults. */
export function statusShape(reads: Reads, retries: number): ErrorShape {
  const { status, headers, body, retryable } = reads;
  const at = (path: string) => `failure.${path.replaceAll('.', '?.')}`;
  return {
    mark: at(status),
    lines: ({ typed, attempts, headers: global }) => [
      ...(typed
        ? [
            ...(headers ? [`  type Init = ConstructorParameters<typeof ${global}>[0];`] : []),
            '  const failure = (error ?? {}) as {',
            ...fields(reads).map((field) => `    ${field};`),
            '  };',
          ]
        : ['  const failure = error ?? {};']),
      `  const status = ${at(status)} ?? 0;`,
      ...(attempts === undefined ? [] : [`  if (attempt >= ${attempts}) return undefined;`]),
      ...(retries === 0
        ? ['  if (status !== 429) return undefined;']
        : [
            `  const passing = ${retryable ? `${at(retryable)} ?? false` : '[408, 409].includes(status) || status >= 500'};`,
            ...(attempts === undefined
              ? ['  if (status !== 429 && !passing) return undefined;']
              : [
                  '  // Other passing faults get what the SDK gives them, since its own retries are off.',
                  `  if (status !== 429 && !(passing && attempt <= ${retries})) return undefined;`,
                ]),
          ]),
      `  const codes = ${body ? `JSON.stringify(${at(body)} ?? '')` : "''"};`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the written code has the template.
      '  const message = `${failure.message} ${codes}`;',
      `  const headers = new ${global}(${headers ? at(headers) : ''});`,
    ],
  };
}

type Reads = NonNullable<SdkErrors['reads']>;

/** The fields of the type that such an error has, as far as it is read. */
function fields({ status, headers, body, retryable }: Reads): readonly string[] {
  const leaves: readonly (readonly [string, string])[] = [
    ['message', 'string'],
    [status, 'number'],
    ...(headers ? [[headers, 'Init'] as const] : []),
    ...(body ? [[body, 'unknown'] as const] : []),
    ...(retryable ? [[retryable, 'boolean'] as const] : []),
  ];
  const groups = new Map<string, string[]>();
  for (const [path, type] of leaves) {
    const [name, inner] = path.split('.') as [string, string?];
    const field = inner === undefined ? type : `${inner}?: ${type}`;
    groups.set(name, [...(groups.get(name) ?? []), field]);
  }
  return [...groups].map(([name, types]) =>
    leaves.some(([path]) => path === name) ? `${name}?: ${types[0]}` : `${name}?: { ${types.join('; ')} }`,
  );
}

/** Errors of the HTTP client axios. */
export const axiosShape: ErrorShape = {
  mark: 'response?.status !== 429',
  lines: ({ typed, attempts, headers }) => [
    ...(typed
      ? [
          '  type Body = { error?: Record<string, string> };',
          '  type Answer = {',
          '    status: number;',
          '    headers: Record<string, string>;',
          '    data?: Body;',
          '  };',
          '  const { response } = (error ?? {}) as { response?: Answer };',
        ]
      : ['  const response = error?.response;']),
    '  if (response?.status !== 429) return undefined;',
    ...(attempts === undefined ? [] : [`  if (attempt >= ${attempts}) return undefined;`]),
    '  const body = response.data?.error;',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the written code has the template.
    '  const codes = `${body?.type} ${body?.code}`;',
    "  const message = body?.message ?? '';",
    `  const headers = new ${headers}(response.headers);`,
  ],
};
