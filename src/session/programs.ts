/** What was read of the project's files. Facts take many times the room of their text, so the longest unused ones are dropped. */
import type { Program } from '../core/program.ts';

export interface ReadProgram {
  readonly text: string;
  readonly program: Program;
  /** Nobody has said since that the file may have changed. */
  fresh: boolean;
}

export interface Programs {
  get(path: string): ReadProgram | undefined;
  set(path: string, read: ReadProgram): void;
}

/** Keeps files of together at most so many UTF-16 units; the newest stays however large it is. */
export function createPrograms(mostText: number): Programs {
  /** The longest unused first. */
  const kept = new Map<string, ReadProgram>();
  let size = 0;
  const drop = (path: string): void => {
    size -= kept.get(path)?.text.length ?? 0;
    kept.delete(path);
  };
  return {
    get(path) {
      const found = kept.get(path);
      if (found) {
        kept.delete(path);
        kept.set(path, found);
      }
      return found;
    },
    set(path, read) {
      drop(path);
      kept.set(path, read);
      size += read.text.length;
      for (const oldest of kept.keys()) {
        if (size <= mostText || oldest === path) break;
        drop(oldest);
      }
    },
  };
}
