/** By what a finding is recognised in later runs: its rule, its file and its line's text, never the line's number. */
import type { ReportedFinding } from './report.ts';

/** Of each finding in order; twins, whose lines read alike, are counted through. */
export function fingerprints(findings: readonly ReportedFinding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, path, lineText }) => {
    const identity = `${rule}\n${path}\n${lineText}`;
    const nth = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, nth);
    return `${hash(identity)}:${nth}`;
  });
}

/** FNV-1a over 64 bits: short, stable, and free of any platform's cryptography. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(16).padStart(16, '0');
}
