/** The bodies of a model provider's answers, one for each endpoint that the programs of the proofs call. */

export type Body = Readonly<Record<string, unknown>>;

export type Answer =
  | { readonly k: 'json'; readonly body: Body }
  | { readonly k: 'bytes'; readonly bytes: Uint8Array }
  | { readonly k: 'events'; readonly events: readonly ServerEvent[]; readonly done: boolean };

/** One server-sent event; `name` is absent where the API sends data alone. */
export interface ServerEvent {
  readonly name?: string;
  readonly data: Body;
}

/** What the answer says, so that a program can show that each item got its own. */
function textFor(item: string): string {
  return `Answer to: ${item}`;
}

/** The item that a request is about: the last user message, the input or the prompt. */
export function itemOf(request: Body): string {
  const messages = Array.isArray(request.messages) ? request.messages : request.input;
  if (typeof messages === 'string') return messages;
  if (Array.isArray(messages)) {
    if (messages.every((entry) => typeof entry === 'string')) return messages.join(' | ');
    const last = messages.findLast((message) => message?.role === 'user');
    if (last !== undefined) return plainText(last.content);
  }
  return typeof request.prompt === 'string' ? request.prompt : '';
}

function plainText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join('');
}

/** The answer of `endpoint`, or nothing where there is no such endpoint. */
export function answer(endpoint: string, request: Body): Answer | undefined {
  const model = String(request.model ?? '');
  const item = itemOf(request);
  switch (endpoint) {
    case 'chat/completions':
      return request.stream === true
        ? chatStream(model, item)
        : { k: 'json', body: chat(model, chatText(request, item)) };
    case 'messages':
      return { k: 'json', body: message(model, textFor(item)) };
    case 'responses':
      return request.stream === true
        ? responseStream(model, item)
        : { k: 'json', body: response(model, textFor(item)) };
    case 'embeddings':
      return { k: 'json', body: embeddings(model, request) };
    case 'images/generations':
      return { k: 'json', body: { created, data: [{ b64_json: Buffer.from(textFor(item)).toString('base64') }] } };
    case 'audio/speech':
      return { k: 'bytes', bytes: Buffer.from(textFor(item)) };
    case 'moderations':
      return { k: 'json', body: moderation(model) };
    case 'models':
      return {
        k: 'json',
        body: { object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model', created, owned_by: 'system' }] },
      };
    default:
      return undefined;
  }
}

const created = 1_760_000_000;

function chatText(request: Body, item: string): string {
  const format = request.response_format as Body | undefined;
  return format?.type === 'json_schema' ? JSON.stringify({ answer: textFor(item) }) : textFor(item);
}

function chat(model: string, text: string): Body {
  const message = { role: 'assistant', content: text, refusal: null };
  return {
    id: 'chatcmpl-proof',
    object: 'chat.completion',
    created,
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
  };
}

function message(model: string, text: string): Body {
  return {
    id: 'msg_proof',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 9 },
  };
}

function chatStream(model: string, item: string): Answer {
  const chunk = (delta: Body, finish: string | null): ServerEvent => ({
    data: {
      id: 'chatcmpl-proof',
      object: 'chat.completion.chunk',
      created,
      model,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    },
  });
  const pieces = piecesOf(item).map((piece, index) =>
    chunk(index === 0 ? { role: 'assistant', content: piece } : { content: piece }, null),
  );
  return { k: 'events', events: [...pieces, chunk({}, 'stop')], done: true };
}

function response(model: string, text: string): Body {
  return {
    id: 'resp_proof',
    object: 'response',
    created_at: created,
    status: 'completed',
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model,
    output: text === '' ? [] : [outputMessage(text)],
    parallel_tool_calls: true,
    previous_response_id: null,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    metadata: {},
    usage: null,
  };
}

function outputMessage(text: string): Body {
  const content = text === '' ? [] : [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id: 'msg_proof', status: 'completed', role: 'assistant', content };
}

function responseStream(model: string, item: string): Answer {
  const place = { item_id: 'msg_proof', output_index: 0, content_index: 0 };
  const part = (text: string) => ({ type: 'output_text', text, annotations: [] });
  const bodies: readonly Body[] = [
    { type: 'response.created', response: { ...response(model, ''), status: 'in_progress' } },
    { type: 'response.output_item.added', output_index: 0, item: outputMessage('') },
    { type: 'response.content_part.added', ...place, part: part('') },
    ...piecesOf(item).map((delta) => ({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...place, text: textFor(item), logprobs: [] },
    { type: 'response.content_part.done', ...place, part: part(textFor(item)) },
    { type: 'response.output_item.done', output_index: 0, item: outputMessage(textFor(item)) },
    { type: 'response.completed', response: response(model, textFor(item)) },
  ];
  const events = bodies.map((body, index) => ({
    name: String(body.type),
    data: { ...body, sequence_number: index },
  }));
  return { k: 'events', events, done: false };
}

/** The text in three pieces, so that a repeated or lost piece shows. */
function piecesOf(item: string): readonly string[] {
  const text = textFor(item);
  const third = Math.ceil(text.length / 3);
  return [text.slice(0, third), text.slice(third, 2 * third), text.slice(2 * third)];
}

function embeddings(model: string, request: Body): Body {
  const input = Array.isArray(request.input) ? request.input : [request.input];
  const vector = (text: string) => Float32Array.of(text.length, 0.5, -0.25);
  const data = input.map((text, index) => {
    const numbers = vector(String(text));
    const embedding =
      request.encoding_format === 'base64' ? Buffer.from(numbers.buffer).toString('base64') : [...numbers];
    return { object: 'embedding', index, embedding };
  });
  return { object: 'list', data, model, usage: { prompt_tokens: 8, total_tokens: 8 } };
}

function moderation(model: string): Body {
  const result = { flagged: false, categories: { violence: false }, category_scores: { violence: 0.01 } };
  return { id: 'modr-proof', model, results: [result] };
}
