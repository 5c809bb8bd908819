/** Every access to files goes through here, so that the engine runs in Node, in a browser worker and in tests alike. */

export interface Host {
  /** The file's bytes, or undefined where there is none or it can't be read. Paths use `/`. */
  readFile(path: string): Promise<Uint8Array | undefined>;
}
