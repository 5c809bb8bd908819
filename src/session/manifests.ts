/** Which version of a package a file uses, as the manifests and lock files around it say. */
import type { LanguageId } from '../core/facts.ts';
import type { Host } from './host.ts';
import { nodeManifests } from './manifests-node.ts';
import { pythonManifests } from './manifests-python.ts';
import { majorOf, versionOfRange } from './version-range.ts';

export interface Manifests {
  /** The package's version for the file at `path`: exact, or the lowest of a range; undefined where nothing tells its major. */
  versionOf(path: string, language: LanguageId, packageName: string): Promise<string | undefined>;
  /**
   * Whether the project names the package as a dependency of its own. Lock files name also what others depend on, so they
   * count only where no manifest stands.
   */
  names(path: string, language: LanguageId, packageName: string): Promise<boolean>;
  /** Forgets what was read, after files changed on disk. */
  clear(): void;
}

/** What one file name says, once it is read. Invariant: neither function throws, whatever the text. */
export interface ManifestKind {
  readonly names: readonly string[];
  /** Parses the file; the text of another file beside it is had by `read`. */
  parse(text: string, read: (name: string) => Promise<string | undefined>): Manifest | Promise<Manifest>;
}

export interface Manifest {
  /** The version that is locked, seen from the folder `from` (relative to the manifest's, `''` or with a `/` at its end). */
  locked?(packageName: string, from: string, range: string | undefined): string | undefined;
  /** The range that is asked for; `''` where the package is named without one. */
  range?(packageName: string): string | undefined;
}

/** One reader for a session. A folder's manifests are read once, until `clear`. */
export function createManifests(host: Host): Manifests {
  const folders = new Map<string, Promise<readonly Manifest[]>>();

  const manifestsIn = (folder: string, language: LanguageId): Promise<readonly Manifest[]> => {
    const key = `${language} ${folder}`;
    let known = folders.get(key);
    if (!known) {
      known = readFolder(host, folder, language === 'python' ? pythonManifests : nodeManifests);
      folders.set(key, known);
    }
    return known;
  };

  return {
    async versionOf(path, language, packageName) {
      let range: string | undefined;
      for (const folder of foldersUp(path)) {
        const manifests = await manifestsIn(folder, language);
        // A nearer manifest's range goes before a farther one's.
        for (const manifest of manifests) range ||= manifest.range?.(packageName) ?? range;
        const from = path.slice(folder.length, path.lastIndexOf('/') + 1);
        for (const manifest of manifests) {
          const locked = manifest.locked?.(packageName, from, range);
          if (locked !== undefined && agrees(locked, range)) return locked;
        }
      }
      return range === undefined ? undefined : versionOfRange(range);
    },
    async names(path, language, packageName) {
      let named = false;
      let locked = false;
      let declares = false;
      for (const folder of foldersUp(path)) {
        const from = path.slice(folder.length, path.lastIndexOf('/') + 1);
        for (const manifest of await manifestsIn(folder, language)) {
          declares ||= manifest.range !== undefined;
          named ||= manifest.range?.(packageName) !== undefined;
          locked ||= manifest.locked?.(packageName, from, undefined) !== undefined;
        }
      }
      return named || (locked && !declares);
    },
    clear: () => folders.clear(),
  };
}

/** The file's folders, nearest first, each with a `/` at its end; the last is the root (`''` for a relative path). */
function foldersUp(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    folders.push(path.slice(0, at + 1));
    if (at === 0) return folders;
  }
  return [...folders, ''];
}

/** Whether a lock file speaks of the same thing: one above a project of another major belongs to something else. */
function agrees(locked: string, range: string | undefined): boolean {
  const wanted = range === undefined ? undefined : versionOfRange(range);
  return wanted === undefined || majorOf(wanted) === majorOf(locked);
}

async function readFolder(host: Host, folder: string, kinds: readonly ManifestKind[]): Promise<readonly Manifest[]> {
  const read = async (name: string) => {
    const bytes = await host.readFile(folder + name).catch(() => undefined);
    return bytes && decode(bytes);
  };
  const manifests: Manifest[] = [];
  for (const { names, parse } of kinds) {
    for (const name of names) {
      const text = await read(name);
      if (text !== undefined) manifests.push(await parse(text, read));
    }
  }
  return manifests;
}

/** PowerShell's `pip freeze > requirements.txt` writes UTF-16. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}
