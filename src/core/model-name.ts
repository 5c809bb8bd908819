/** Which model a request asks for, where the call or its client's construction says so. */
import type { Call, Expr } from './facts.ts';
import type { Request } from './verdict.ts';

export function modelOf({ call, client }: Pick<Request, 'call' | 'client'>): string | undefined {
  return modelIn(call) ?? (client.construction && modelIn(client.construction));
}

/** A keyword, or a property of an argument that is an object. */
function modelIn({ args }: Call): string | undefined {
  for (const { name, value } of args) {
    if (name !== undefined && names.includes(name)) return text(value);
    if (name !== undefined || value.k !== 'object') continue;
    const entry = value.entries.find(({ key }) => key !== undefined && names.includes(key));
    if (entry) return text(entry.value);
  }
  return undefined;
}

const names = ['model', 'model_name', 'modelName'];

function text(value: Expr): string | undefined {
  return value.k === 'lit' && typeof value.value === 'string' ? value.value : undefined;
}
