/** The repairs that several rules offer for a request. */
import { type Fix, fix } from '../core/edit.ts';
import type { Written } from '../core/editor.ts';
import type { Repair, RuleContext } from '../core/rule.ts';
import { limitWindow, retriesToCover } from '../core/schedule.ts';
import type { Request } from '../core/verdict.ts';

/** Backoff in the code, and the SDK's own retries raised over a one-minute limit; the first is the preferred one. */
export function repairs(request: Request, { edit, settings }: RuleContext): readonly Repair[] {
  if (request.http) return [{ name: 'backoff', build: () => ({ refused: noPlainRequests }) }];
  const { retry } = request.sdk;
  const backoff: Repair = {
    name: 'backoff',
    build: () => built('backoff', 'Retry with exponential backoff', edit.backoff(request, settings.retry)),
  };
  // An option of the call itself, as LiteLLM and the AI SDK have it, counts by rules of its own (some wait for nothing).
  const count =
    retry.option === undefined || retry.perCall === 'argument' ? undefined : retriesToCover(retry, limitWindow);
  if (count === undefined) return [backoff];
  const title = `Let the SDK retry ${count} times (covers a one-minute limit; repeats quota errors too)`;
  const raise: Repair = {
    name: 'sdk-retries',
    build: () => built('sdk-retries', title, edit.sdkRetries(request, count)),
  };
  return [backoff, raise];
}

const noPlainRequests =
  'No retry is written round a plain HTTP request: where its refusal shows, as an error or as a status, is the code’s own.';

/** Unsafe both: they add waits and requests. */
function built(name: string, title: string, written: Written): Fix | { readonly refused: string } {
  return 'refused' in written ? written : fix(name, title, 'unsafe', written.edits);
}
