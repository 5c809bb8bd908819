/** The official schema of SARIF 2.1.0. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const {
  $schema: _draft,
  id: _address,
  ...schema
} = JSON.parse(readFileSync(new URL('./schemas/sarif-2.1.0.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

export function assertSarif(log: unknown): void {
  assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 2));
}
