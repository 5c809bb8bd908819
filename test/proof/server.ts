/** A fault server: OpenAI's HTTP API on loopback, which refuses requests as a scenario says and keeps a log of them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answer, type Body, itemOf, type ServerEvent } from './answers.ts';
import { type Bucket, type Headers, refusal, type Scenario, type Window } from './scenario.ts';

export interface FaultServer {
  /** A place of its own for one run of a program. */
  open(scenario: Scenario): Run;
  close(): Promise<void>;
}

export interface Run {
  /** What `OPENAI_BASE_URL` is set to. */
  readonly url: string;
  /** The requests so far, in the order of arrival. */
  readonly requests: readonly Received[];
}

export interface Received {
  readonly item: string;
  /** Seconds since the server started, when the request was read. */
  readonly at: number;
  /** 429 also for a limit that arrived inside a stream; 0 where the server hung up. */
  readonly status: number;
  /** What the SDK says of its own retries: `x-stainless-retry-count`. */
  readonly sdkRetry: number;
}

/** How long the server works on a request, where it counts how many it works on. */
const workSeconds = 0.2;

export async function startFaultServer(): Promise<FaultServer> {
  const runs = new Map<string, RunState>();
  const server = createServer((request, reply) => {
    serve(runs, request, reply).catch((error: unknown) => reply.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    open(scenario) {
      const id = `run-${runs.size + 1}`;
      const requests: Received[] = [];
      runs.set(id, {
        scenario,
        requests,
        refusals: new Map(),
        opened: undefined,
        inWindow: { index: -1, count: 0 },
        inBucket: { left: scenario.bucket?.requests ?? 0, at: undefined },
        inWork: 0,
      });
      return { url: `http://127.0.0.1:${port}/${id}/v1`, requests };
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

interface RunState {
  readonly scenario: Scenario;
  readonly requests: Received[];
  /** Item → how many of its requests were refused. */
  readonly refusals: Map<string, number>;
  /** When the first request came, in seconds: windows count from there. */
  opened: number | undefined;
  inWindow: { index: number; count: number };
  inBucket: { left: number; at: number | undefined };
  /** Requests that the server works on. */
  inWork: number;
}

async function serve(
  runs: ReadonlyMap<string, RunState>,
  request: IncomingMessage,
  reply: ServerResponse,
): Promise<void> {
  // Some SDKs have a path of their own before the version.
  const [, id = '', path = ''] = /^\/([^/]+)(?:\/\w+)?\/v1\/(.*)$/.exec((request.url ?? '').split('?')[0]!) ?? [];
  const run = runs.get(id);
  const body = await readBody(request);
  const found = run === undefined ? undefined : answer(path, body);
  if (run === undefined || found === undefined) return sendJson(reply, 404, {}, { error: { message: 'Unknown path' } });

  const item = itemOf(body);
  const at = performance.now() / 1000;
  const before = run.refusals.get(item) ?? 0;
  const wait = waitFor(run, before, at);
  const refuses = wait > 0;
  const no = refuses ? refusal(run.scenario, before, String(body.model ?? ''), path) : undefined;
  const told: Headers = run.scenario.tellsWait ? { 'retry-after': String(Math.ceil(wait)) } : {};
  if (refuses) run.refusals.set(item, before + 1);
  run.requests.push({
    item,
    at,
    status: refuses ? (no?.status ?? 0) : 200,
    sdkRetry: Number(request.headers['x-stainless-retry-count'] ?? 0),
  });
  if (!refuses) {
    if (run.scenario.answerSeconds) await sleep(run.scenario.answerSeconds * 1000);
    run.inWork += 1;
    if (run.scenario.atOnce !== undefined) await sleep(workSeconds * 1000);
    run.inWork -= 1;
    return send(reply, found);
  }
  if (no === undefined) {
    reply.destroy();
    return;
  }
  if (typeof no.body === 'string') {
    reply.writeHead(no.status, { 'content-type': 'text/plain', ...no.headers });
    reply.end(no.body);
    return;
  }
  if (run.scenario.insideStreamAfter === undefined || found.k !== 'events') {
    return sendJson(reply, no.status, { ...limitHeaders(0), ...no.headers, ...told }, no.body);
  }
  const broken = [...found.events.slice(0, run.scenario.insideStreamAfter), { data: no.body }];
  return send(reply, { k: 'events', events: broken, done: false });
}

/** Seconds until the limit is open again; 0 lets the request through, `Infinity` tells of no limit that will be. */
function waitFor(run: RunState, before: number, at: number): number {
  const { window, bucket, refused, atOnce } = run.scenario;
  if (atOnce !== undefined) return before > 0 || run.inWork >= atOnce ? Number.POSITIVE_INFINITY : 0;
  if (window?.forGood && before > 0) return Number.POSITIVE_INFINITY;
  if (window) return untilWindow(run, window, at);
  if (bucket) return untilFilled(run, bucket, at);
  return before < refused ? Number.POSITIVE_INFINITY : 0;
}

/** Invariant: a refused request counts too, as it does at the provider. */
function untilWindow(run: RunState, window: Window, at: number): number {
  run.opened ??= at;
  const since = at - run.opened;
  if (since < window.spentFor) return window.spentFor - since;
  const index = Math.floor(since / window.seconds);
  if (run.inWindow.index !== index) run.inWindow = { index, count: 0 };
  run.inWindow.count += 1;
  return run.inWindow.count > window.requests ? (index + 1) * window.seconds - since : 0;
}

function untilFilled({ inBucket }: RunState, { requests, perSecond }: Bucket, at: number): number {
  inBucket.left = Math.min(requests, inBucket.left + (at - (inBucket.at ?? at)) * perSecond);
  inBucket.at = at;
  if (inBucket.left < 1) return (1 - inBucket.left) / perSecond;
  inBucket.left -= 1;
  return 0;
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

function send(reply: ServerResponse, found: Answer): void {
  if (found.k === 'json') {
    sendJson(reply, 200, limitHeaders(59), found.body);
    return;
  }
  if (found.k === 'bytes') {
    reply.writeHead(200, { ...limitHeaders(59), 'content-type': 'audio/mpeg' });
    reply.end(found.bytes);
    return;
  }
  reply.writeHead(200, { ...limitHeaders(59), 'content-type': 'text/event-stream; charset=utf-8' });
  for (const event of found.events) reply.write(eventText(event));
  reply.end(found.done ? 'data: [DONE]\n\n' : '');
}

function eventText(event: ServerEvent): string {
  const name = event.name === undefined ? '' : `event: ${event.name}\n`;
  return `${name}data: ${JSON.stringify(event.data)}\n\n`;
}

function sendJson(reply: ServerResponse, status: number, headers: Headers, body: Body): void {
  reply.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_proof', ...headers });
  reply.end(JSON.stringify(body));
}

function limitHeaders(remaining: number): Headers {
  return {
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-limit-tokens': '150000',
    'x-ratelimit-remaining-requests': String(remaining),
    'x-ratelimit-remaining-tokens': '149984',
    'x-ratelimit-reset-requests': '1s',
    'x-ratelimit-reset-tokens': '6m0s',
  };
}
