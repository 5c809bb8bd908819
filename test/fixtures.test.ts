/** The set of findings in a fixture equals the set of its markers; the preferred repairs give the file beside it. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fixAll } from '../src/core/fixAll.ts';
import { lineMap } from '../src/core/span.ts';
import { inEnglish } from '../src/core/words.ts';
import { analyze, preferred } from './engine.ts';
import { readMarkers } from './markers.ts';

const root = join(import.meta.dirname, 'fixtures');

/** A folder is a rule's. A file `x.fixed.py` is `x.py` repaired; an empty one is filled by `UPDATE=1`. */
for (const rule of readdirSync(root)) {
  for (const name of readdirSync(join(root, rule))) {
    const path = join(root, rule, name);
    if (/\.fixed\.[a-z]+$/.test(name)) continue;
    const text = readFileSync(path, 'utf8');
    const repaired = path.replace(/(\.[a-z]+)$/, '.fixed$1');

    test(`${rule}/${name}: findings are the markers`, async () => {
      const { findings, problems } = await analyze(path, text);
      assert.deepEqual(problems, []);
      const lines = lineMap(text);
      const show = (start: number, end: number, id: string) =>
        `${lines.position(start).line + 1}: ${text.slice(start, end)} ${id}`;
      const markers = readMarkers(text);
      assert.deepEqual(
        findings.map(({ at, rule: id }) => show(at.start, at.end, id)),
        markers.map(({ start, end, rule: id }) => show(start, end, id)),
      );
      for (const [at, marker] of markers.entries()) {
        const message = inEnglish(findings[at]!.message);
        assert.ok(message.includes(marker.message), `“${message}” lacks “${marker.message}”`);
        if (marker.severity)
          assert.equal(findings[at]!.severity, marker.severity, show(marker.start, marker.end, marker.rule));
      }
    });

    if (!existsSync(repaired)) continue;
    test(`${rule}/${name}: the repairs give ${repaired.slice(root.length + 1)}`, async () => {
      const result = await fixAll(text, async (now) => ({ fixes: preferred(await analyze(path, now)) }));
      if (process.env.UPDATE) writeFileSync(repaired, result.text);
      assert.equal(result.text, readFileSync(repaired, 'utf8'));
    });
  }
}
