/** Requests that upload a file: a stream that the first attempt has read is empty on the second. */
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node } from '../syntax.ts';
import { declarationOf } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import type { Site } from './write-site.ts';
import { namedChildren } from './write-syntax.ts';

const uploads =
  /(^|\.)(audio\.(transcriptions|translations)|files|uploads\.parts|skills|skills\.versions|videos)\.(create|edit|createCharacter)$|^images\.(edit|createVariation)$|^create(Transcription|Translation|File|ImageEdit|ImageVariation)$/;

export function refuseUsedUploads({ path }: Request, { args }: Site): void {
  if (!uploads.test(path)) return;
  const body = namedChildren(args)[0];
  const why = say('What the request uploads may be a stream, which a second attempt would find used up.');
  if (body?.type !== 'object') refuse(why);
  for (const entry of namedChildren(body)) {
    if (entry.type === 'spread_element') refuse(why);
    const key = entry.childForFieldName('key')?.text ?? entry.text;
    const value = entry.childForFieldName('value') ?? entry;
    if (/^(file|files|image|mask|data|video|input_reference)$/.test(key) && !isFresh(value)) refuse(why);
  }
}

/** Whether each attempt gets the whole content: a stream made anew, or data in memory. */
function isFresh(value: Node): boolean {
  if (value.type === 'array') return namedChildren(value).every(isFresh);
  if (value.type === 'identifier' || value.type === 'shorthand_property_identifier') {
    const known = declarationOf(value, value.text);
    const type = known?.holder.childForFieldName('type')?.text ?? '';
    const initial = known?.kind === 'const' ? known.holder.childForFieldName('value') : null;
    return inMemoryType.test(type) || (initial !== null && initial !== undefined && inMemory.test(initial.text));
  }
  return value.type === 'string' || /^(fs\.)?createReadStream\(/.test(value.text) || inMemory.test(value.text);
}

const inMemory = /^(await\s+)?(toFile|fileFromPath|openAsBlob)\(|^new (File|Blob)\(|\bas (File|Blob)$/;
const inMemoryType = /^:\s*(globalThis\.)?(File|Blob)$/;
