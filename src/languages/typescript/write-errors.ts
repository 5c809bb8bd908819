/** How the errors of a request look: what tells a 429 from others, and where it keeps its headers, codes and words. */

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
