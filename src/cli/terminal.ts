/** Standard input, output and error. */
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { ansiPaint, noPaint, type Paint } from '../render/paint.ts';

export async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function print(text: string | Uint8Array): void {
  process.stdout.write(text);
}

/** One line on standard error. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Colours only where somebody looks: on a terminal, and when NO_COLOR doesn't forbid them. */
export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  return stream.isTTY === true && !process.env.NO_COLOR ? ansiPaint : noPaint;
}

/** When the reader of a pipe has gone (`| head`), nobody needs the rest. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
