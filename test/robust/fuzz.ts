/** `npm run fuzz -- [count] [first seed]`: damaged programs by the million; what finds a fault is kept for the ordinary run. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import process from 'node:process';
import { judge, kindOf, shrink } from './judge.ts';
import { mutant } from './mutate.ts';

const [count = 100_000, first = 0] = process.argv.slice(2).map(Number);
const kept = join(import.meta.dirname, 'kept');
const faults = new Map<string, number>();
const total = { findings: 0, repairs: 0, slowest: 0, slowestSeed: first };
const began = performance.now();

for (let seed = first; seed < first + count; seed++) {
  const program = mutant(seed);
  const { fault, milliseconds, findings, repairs } = await judge(program);
  total.findings += findings;
  total.repairs += repairs;
  if (milliseconds > total.slowest) Object.assign(total, { slowest: milliseconds, slowestSeed: seed });
  if (fault !== undefined) {
    const kind = kindOf(fault);
    const times = (faults.get(kind) ?? 0) + 1;
    faults.set(kind, times);
    if (times === 1) {
      const small = await shrink(program, fault);
      const name = `${createHash('sha256').update(kind).digest('hex').slice(0, 8)}${extname(small.path)}`;
      mkdirSync(kept, { recursive: true });
      if (!existsSync(join(kept, name))) writeFileSync(join(kept, name), small.text);
      console.log(`seed ${seed}, kept as ${name}: ${fault.split('\n').slice(0, 4).join('\n')}`);
    }
  }
  if ((seed + 1 - first) % 10_000 === 0) tell(seed + 1 - first);
}
if (count % 10_000 !== 0) tell(count);
for (const [kind, times] of faults) console.log(`${times} × ${kind}`);
process.exitCode = faults.size > 0 ? 1 : 0;

function tell(programs: number): void {
  const seconds = (performance.now() - began) / 1000;
  const { findings, repairs, slowest, slowestSeed } = total;
  console.log(
    `${programs} programs from seed ${first}, ${findings} findings, ${repairs} repairs, ${faults.size} kinds of fault; ${(programs / seconds).toFixed(0)} a second, slowest ${slowest.toFixed(0)} ms (seed ${slowestSeed})`,
  );
}
