/** The Python functions by which a repair retries through a library. */
import type { RetryPolicy } from '../../core/settings.ts';
import { type DelayNames, docstring, type HelperKind, hopeless, toldWait, type WaitNames } from './write-helpers.ts';

export type LibraryName = 'tenacity' | 'stamina' | 'backoff';

/** The expressions by which the code reaches what it needs. */
export interface LibraryNames {
  /** An attribute of the library. */
  of(attribute: string): string;
  readonly serverWait: string;
  /** The function beside it that says when to send again; for a library that has its own ways the same as `serverWait`. */
  readonly waits: string;
  /** The classes to catch, several as a tuple. */
  readonly errorClass: string;
  /** An import that makes them known where they are used. */
  readonly importLine?: string;
  readonly any: string;
  readonly cast: string;
  readonly callType: string;
}

export function serverWaitFunction(name: string, names: WaitNames, { maxTotalSeconds }: RetryPolicy): string {
  return `def ${name}(error: "BaseException | None") -> "float | None":
    ${docstring('serverWait')}
    body = getattr(error, "body", None) or getattr(error, "json_body", None)
    text = f"{error} {body}"
    response = getattr(error, "response", error)
    headers: "dict[str, str]" = getattr(response, "headers", None) or {}
    if headers.get("x-should-retry") == "false":
        return None
${hopeless(names)}
${toldWait(names)}
    return wait if wait <= ${maxTotalSeconds} else None`;
}

/** What tells tenacity how long to wait. */
export function tenacityWait(
  name: string,
  { of, serverWait }: Pick<LibraryNames, 'of' | 'serverWait'>,
  policy: RetryPolicy,
) {
  const { baseSeconds, maxWaitSeconds } = policy;
  const growth = `${baseSeconds === 1 ? '' : `multiplier=${baseSeconds}, `}max=${maxWaitSeconds}`;
  return `def ${name}(retry_state: ${of('RetryCallState')}) -> float:
    ${docstring('tenacityWait')}
    error = retry_state.outcome.exception() if retry_state.outcome else None
    jittered = ${of('wait_random_exponential')}(${growth})
    return max(${serverWait}(error) or 0, jittered(retry_state))`;
}

/** What tells stamina whether to retry, and when. */
export function staminaHook(
  name: string,
  names: Pick<LibraryNames, 'serverWait' | 'errorClass' | 'importLine'>,
): string {
  const line = names.importLine === undefined ? '' : `    ${names.importLine}\n\n`;
  return `def ${name}(error: Exception) -> "bool | float":
    ${docstring('staminaHook')}
${line}    if not isinstance(error, ${names.errorClass}):
        return False
    wait = ${names.serverWait}(error)
    if wait is None:
        return False
    return wait if wait > 0 else True`;
}

/** The generator that backoff asks for its waits. */
export function backoffWaits(
  name: string,
  names: Pick<LibraryNames, 'serverWait' | 'any'> &
    Pick<DelayNames, 'uniform'> & { readonly generator: string; readonly count: string },
  { baseSeconds, maxWaitSeconds }: RetryPolicy,
): string {
  const growth = baseSeconds === 1 ? '2**attempt' : `${baseSeconds} * 2**attempt`;
  return `def ${name}() -> "${names.generator}[float, ${names.any}, None]":
    ${docstring('backoffWaits')}
    error = yield 0
    for attempt in ${names.count}():
        jittered = ${names.uniform}(0, min(${maxWaitSeconds}, ${growth}))
        error = yield max(${names.serverWait}(error) or 0, jittered)`;
}

/** The function that makes a call retry; its `kind` is the library's name, with `Async` where the call is awaited. */
export function libraryWrapper(
  name: string,
  library: LibraryName,
  isAsync: boolean,
  names: LibraryNames,
  policy: RetryPolicy,
  stop: 'stop_before_delay' | 'stop_after_delay',
): string {
  const { any, cast, callType, importLine } = names;
  const kind: HelperKind = isAsync ? `${library}Async` : library;
  const line = importLine === undefined || library === 'stamina' ? '' : `    ${importLine}\n`;
  return `def ${name}(call: ${callType}) -> ${callType}:
    ${docstring(kind)}
${line}
    @${decorators[library](names, policy, stop)}
    ${isAsync ? 'async ' : ''}def send(*args: ${any}, **kwargs: ${any}) -> ${any}:
        return ${isAsync ? 'await ' : ''}call(*args, **kwargs)

    return ${cast}(${callType}, send)`;
}

const decorators: Readonly<Record<LibraryName, (names: LibraryNames, policy: RetryPolicy, stop: string) => string>> = {
  tenacity: ({ of, errorClass, serverWait, waits }, { maxAttempts, maxTotalSeconds }, stop) => `${of('retry')}(
        retry=${of('retry_if_exception_type')}(${errorClass})
        & ${of('retry_if_exception')}(lambda error: ${serverWait}(error) is not None),
        wait=${waits},
        stop=${of('stop_after_attempt')}(${maxAttempts}) | ${of(stop)}(${maxTotalSeconds}),
        reraise=True,
    )`,
  stamina: ({ of, waits }, { maxAttempts, maxTotalSeconds, baseSeconds, maxWaitSeconds }) => `${of('retry')}(
        on=${waits},
        attempts=${maxAttempts},
        timeout=${maxTotalSeconds},
        wait_initial=${baseSeconds},
        wait_max=${maxWaitSeconds},
        wait_jitter=${baseSeconds * 5},
    )`,
  backoff: ({ of, errorClass, serverWait, waits }, { maxAttempts, maxTotalSeconds }) => `${of('on_exception')}(
        ${waits},
        ${errorClass},
        max_tries=${maxAttempts},
        max_time=${maxTotalSeconds},
        giveup=lambda error: ${serverWait}(error) is None,
        jitter=None,
    )`,
};
