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
      if (sdk.language !== language || !sdk.modules.includes(module)) continue;
      const cls = sdk.clients.get(names.join('.')) ?? nested(sdk, names);
      if (cls) return { sdk, cls };
    }
    return undefined;
  };
}

/** `OpenAI.OpenAI`: clients are statics of one another. */
function nested(sdk: Sdk, names: readonly string[]): ClientClass | undefined {
  return names.length === 2 && sdk.clients.has(names[0]!) ? sdk.clients.get(names[1]!) : undefined;
}
