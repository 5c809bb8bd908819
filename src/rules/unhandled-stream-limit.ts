/** The limit arrives inside the stream, where the handler does not look. */
import { defineRule } from '../core/rule.ts';
import { say } from '../core/words.ts';
import { examples } from './unhandled-stream-limit.examples.ts';

export const unhandledStreamLimit = defineRule({
  id: 'unhandled-stream-limit',
  summary: 'The limit arrives inside the stream, where neither the SDK nor the handler looks.',
  why: 'A stream begins with status 200. A limit that is met while it runs comes as an event inside it: the SDK raises an `APIError` without a status while the chunks are read, not a `RateLimitError` when the request is sent, and never retries it.',
  detect: 'Log errors round the loop that reads the chunks, with their `code`: `rate_limit_exceeded`.',
  prevent:
    'Put the loop that reads inside the handler, and take `APIError` with the code `rate_limit_exceeded` for a limit. Send again only while no chunk has been handed on.',
  severity: 'information',
  examples,
  byHand: true,

  *check({ request, streamLimit }) {
    if (!streamLimit) return;
    yield {
      at: streamLimit.at,
      severity: 'information',
      message: say`A limit that is met while the stream runs is raised here, as \`${request.sdk.errors.inStream ?? ''}\` and not as \`${request.sdk.errors.rateLimit}\`: what handles the 429 does not see it.`,
      related: [
        { at: request.at, message: say('This request opens the stream.') },
        { at: streamLimit.handled, message: say('This looks at the request only.') },
      ],
      repairs: [],
    };
  },
});
