/** Recognises what makes a client: a class or function that an SDK's module exports. */
import type { Catalogue, ClientClass, Sdk } from './catalogue.ts';
import type { LanguageId } from './facts.ts';
import type { ExportMeaning } from './meaning.ts';

export type ClientFinder = (
  exported: ExportMeaning,
  language: LanguageId,
) => { readonly sdk: Sdk; readonly cls: ClientClass } | undefined;

export function clientFinder({ sdks }: Catalogue): ClientFinder {
  return ({ module, path }, language) => {
    // `require('openai')` and `import * as` give the module, whose own call makes the default export's client.
    const written = path.length === 0 && language === 'typescript' ? ['default'] : path;
    const names = written.filter((name, at) => name !== 'default' || at === written.length - 1);
    for (const sdk of sdks) {
      if (sdk.language !== language) continue;
      const inside = namesInside(sdk, module, names);
      const cls = inside && (sdk.clients.get(inside.join('.')) ?? nested(sdk, inside));
      if (cls) return { sdk, cls };
    }
    return undefined;
  };
}

/**
 * What is left of a path behind the SDK's module: Python's `from google import genai` gives the module `google` and the
 * path `genai.Client`.
 */
export function namesInside(sdk: Sdk, module: string, path: readonly string[]): readonly string[] | undefined {
  if (sdk.modules.includes(module)) return path;
  if (sdk.language !== 'python') return undefined;
  const [first, ...rest] = path;
  return first === undefined ? undefined : namesInside(sdk, `${module}.${first}`, rest);
}

/** `OpenAI.OpenAI`: clients are statics of one another. */
function nested(sdk: Sdk, names: readonly string[]): ClientClass | undefined {
  return names.length === 2 && sdk.clients.has(names[0]!) ? sdk.clients.get(names[1]!) : undefined;
}
