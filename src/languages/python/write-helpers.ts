/** The Python functions that a repair adds to a file: how long to wait, and the retry round a call without room for statements. */
import type { RetryPolicy } from '../../core/settings.ts';
import type { Node, Tree } from '../syntax.ts';
import type { Manner } from './write-draft.ts';

/** The expressions by which the code of a repair reads the wait that a server asks for. */
export interface WaitNames {
  readonly clock: string;
  readonly search: string;
  readonly fullmatch: string;
  readonly findall: string;
  readonly parseDate: string;
  readonly dateSeconds: string;
}

export interface DelayNames extends WaitNames {
  readonly monotonic: string;
  readonly uniform: string;
}

export interface LoopNames {
  readonly monotonic: string;
  /** With its `await`. */
  readonly sleep: string;
  readonly delayHelper: string;
  /** The class to catch, or several as a tuple. */
  readonly errorClass: string;
  /** An import that makes them known here. */
  readonly importLine?: string;
  readonly started: string;
  readonly attempt: string;
  readonly error: string;
  readonly delay: string;
}

export interface WrapperNames extends LoopNames {
  readonly any: string;
  readonly cast: string;
  /** The type variable of the callable. */
  readonly callType: string;
}

/** By these sentences a helper of an earlier repair is recognised, whatever its name and bounds are by now. */
const sentences = {
  delay: 'Seconds until a rate-limited request is sent again, or None where that can not help.',
  sync: 'Make a call send its request again, with exponential backoff, when it meets a rate limit.',
  async: 'Make an awaited call send its request again, with exponential backoff, when it meets a rate limit.',
  serverWait: 'Seconds that the server asks to wait, or None where sending again can not help.',
  tenacityWait: 'Exponential with full jitter, and never shorter than the server asks for.',
  tenacity: 'Make a call send its request again, through tenacity, when it meets a rate limit.',
  tenacityAsync: 'Make an awaited call send its request again, through tenacity, when it meets a rate limit.',
  staminaHook: 'Whether a request can be sent again, or after how many seconds the server wants that.',
  stamina: 'Make a call send its request again, through stamina, when it meets a rate limit.',
  staminaAsync: 'Make an awaited call send its request again, through stamina, when it meets a rate limit.',
  backoffWaits: 'Waits that grow exponentially with full jitter, and are never shorter than the server asks for.',
  backoff: 'Make a call send its request again, through backoff, when it meets a rate limit.',
  backoffAsync: 'Make an awaited call send its request again, through backoff, when it meets a rate limit.',
} as const;

export type HelperKind = keyof typeof sentences;

export const helperKinds = Object.keys(sentences) as readonly HelperKind[];

const otherFaultsSentence = 'Other faults get at most the attempts that the SDK itself would have made.';

/** The first line of a helper's docstring. */
export function docstring(kind: HelperKind): string {
  return `"""${sentences[kind]}"""`;
}

/** `otherAttempts`: how often a request is sent at most where something else than a 429 is caught, too. */
export function delayFunction(
  name: string,
  names: DelayNames,
  policy: RetryPolicy,
  otherAttempts: number | undefined,
): string {
  const { maxAttempts, baseSeconds, maxWaitSeconds, maxTotalSeconds } = policy;
  const growth = baseSeconds === 1 ? '2 ** (attempt - 1)' : `${baseSeconds} * 2 ** (attempt - 1)`;
  const isBounded = otherAttempts !== undefined && otherAttempts < maxAttempts;
  const bound = isBounded ? 'attempts' : maxAttempts;
  const attempts = `\n    attempts = ${maxAttempts} if getattr(error, "status_code", None) == 429 else ${otherAttempts}`;
  const otherFaults = otherAttempts === undefined ? '' : `\n    ${otherFaultsSentence}`;
  return `def ${name}(error: Exception, attempt: int, started: float) -> "float | None":
    """${sentences.delay}

    Grows exponentially with full jitter, and is never shorter than the server asks for.${otherFaults}
    """
    body = getattr(error, "body", None) or getattr(error, "json_body", None)
    text = f"{error} {body}"
    response = getattr(error, "response", error)
    headers: "dict[str, str]" = getattr(response, "headers", None) or {}${isBounded ? attempts : ''}
    if attempt >= ${bound} or headers.get("x-should-retry") == "false":
        return None
${hopeless(names)}
${toldWait(names)}
    delay = max(wait, ${names.uniform}(0, min(${maxWaitSeconds}, ${growth})))
    return delay if ${names.monotonic}() - started + delay <= ${maxTotalSeconds} else None`;
}

/** What a retry can't help: a request over the whole limit, a spent quota. Reads `text`. */
export function hopeless(names: Pick<WaitNames, 'search'>): string {
  return `    if ${names.search}(r"Request too large|Limit:? 0\\b(?!\\.)", text):
        return None
    if ${names.search}(r"(type|code)\\W{3,4}\\w*(quota|billing|credit|(spend|usage)_limit)", text):
        return None`;
}

/** Sets `wait` to what the server asks for. Reads `headers` and `text`. */
export function toldWait(names: WaitNames): string {
  return `    after_ms = str(headers.get("retry-after-ms"))
    after = str(headers.get("retry-after"))
    date = ${names.parseDate}(after)
    if ${names.fullmatch}(r"\\d+(\\.\\d+)?", after_ms):
        wait = float(after_ms) / 1000
    elif ${names.fullmatch}(r"\\d+(\\.\\d+)?", after):
        wait = float(after)
    elif date:
        wait = ${names.dateSeconds}(date) - ${names.clock}()
    else:
        told = ${names.search}(r"(?i)(try again in|retry after) \\d[\\d.]* ?(ms|[smhd])[\\w.]*", text)
        parts = ${names.findall}(r"(\\d+(?:\\.\\d+)?) ?(ms|[smhd])", told.group() if told else "")
        units = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
        wait = sum(float(number) * units[unit] for number, unit in parts)`;
}

export function wrapperFunction(name: string, kind: 'sync' | 'async', all: WrapperNames): string {
  const { importLine, ...names } = all;
  const { callType, any, cast } = names;
  const isAsync = kind === 'async';
  const loop = attemptLoop(names, '        ', '    ', [`return ${isAsync ? 'await ' : ''}call(*args, **kwargs)`]);
  return `def ${name}(call: ${callType}) -> ${callType}:
    """${sentences[kind]}"""
${importLine === undefined ? '' : `    ${importLine}\n`}
    ${isAsync ? 'async ' : ''}def send(*args: ${any}, **kwargs: ${any}) -> ${any}:
        ${loop}

    return ${cast}(${callType}, send)`;
}

/** The statements of a retry. The first line comes without indentation, which the place that it goes to has. */
function attemptLoop(names: LoopNames, indent: string, unit: string, body: readonly string[]): string {
  const [before, after] = loopAround(names, indent, unit, 'return');
  return `${before}${indent}${unit}${unit}${body.join(`\n${indent}${unit}${unit}`)}${after}`;
}

/** What comes before and after the statement that is tried. The statement stands two steps deeper than the loop. */
export function loopAround(
  names: LoopNames,
  indent: string,
  unit: string,
  leaves: 'break' | 'return',
): readonly [before: string, after: string] {
  const { started, attempt, error, delay } = names;
  const first = `${started} = ${names.monotonic}()`;
  const before = [
    ...(names.importLine === undefined ? [first] : [names.importLine, indent + first]),
    `${indent}${attempt} = 0`,
    `${indent}while True:`,
    `${indent}${unit}try:`,
    '',
  ];
  const deep = indent + unit + unit;
  const after = [
    ...(leaves === 'break' ? ['', `${deep}break`] : ['']),
    `${indent}${unit}except ${names.errorClass} as ${error}:`,
    `${deep}${attempt} += 1`,
    `${deep}${delay} = ${names.delayHelper}(${error}, ${attempt}, ${started})`,
    `${deep}if ${delay} is None:`,
    `${deep}${unit}raise`,
    `${deep}${names.sleep}(${delay})`,
  ];
  return [before.join('\n'), after.join('\n')];
}

/** The canonical text of a helper in the file's manner. Its own strings hold no quotes, but for the docstring's. */
export function inManner(code: string, { unit, quote }: Manner): string {
  return code
    .split('\n')
    .map((line) => {
      const depth = /^(?: {4})*/.exec(line)![0].length / 4;
      const rest = line.slice(depth * 4);
      return unit.repeat(depth) + (rest.includes('"""') ? rest : rest.replaceAll('"', quote));
    })
    .join('\n');
}

/** Whether a function that says how long to wait can tell a 429 from other faults. */
export function knowsOtherFaults(definition: Node): boolean {
  return definition.text.includes(otherFaultsSentence);
}

/** The helper functions of earlier repairs at the top level of the file. */
export function existingHelpers(tree: Tree, kind: HelperKind): readonly Node[] {
  const sentence = sentences[kind];
  const found: Node[] = [];
  for (let at = tree.text.indexOf(sentence); at >= 0; at = tree.text.indexOf(sentence, at + 1)) {
    const node = tree.root.descendantForIndex(at, at + 1);
    const docstring = node?.type === 'string' ? node : node?.parent;
    const definition = docstring?.parent?.parent?.parent;
    if (definition?.type === 'function_definition' && definition.parent?.type === 'module') found.push(definition);
  }
  return found;
}
