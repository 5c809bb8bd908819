/** Decoding gives back every byte when it is encoded again, or says why it can't. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '../../src/cli/encoding.ts';

test('what is decoded comes back to the byte', () => {
  const every = Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1));
  const cases: [Uint8Array, string][] = [
    [Buffer.from('x = "é💥"\r\n'), 'utf-8'],
    [Buffer.from('\uFEFFx'), 'utf-8'],
    [Buffer.from(''), 'utf-8'],
    [Buffer.from('\uFEFFx💥', 'utf16le'), 'utf-16le'],
    [Buffer.from('\uFEFFx💥', 'utf16le').swap16(), 'utf-16be'],
    [Buffer.concat([Buffer.from('# -*- coding: latin-1 -*-\n'), every]), 'latin1'],
    [Buffer.concat([Buffer.from('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\n'), every]), 'latin1'],
    [Buffer.concat([Buffer.from('# coding: Windows_1252\n'), every]), 'latin1'],
  ];
  for (const [bytes, encoding] of cases) {
    const decoded = decode(bytes, 'python');
    assert.ok('text' in decoded);
    assert.equal(decoded.encoding, encoding);
    assert.deepEqual(Buffer.from(encode(decoded.text, decoded.encoding)!), Buffer.from(bytes));
  }
});

test('what can’t be decoded is told', () => {
  const cases: [Uint8Array, 'python' | 'other', RegExp][] = [
    [Buffer.from([0x61, 0]), 'python', /binary/],
    [Buffer.from([0xc3]), 'python', /not valid UTF-8/],
    [Buffer.from([0xff, 0xfe, 0x00, 0xd8]), 'python', /not valid UTF-16LE/],
    [Buffer.from('# coding: latin-1\n\xe9', 'latin1'), 'other', /not valid UTF-8/],
    [Buffer.from('# coding: shift_jis\n\x83\x5c', 'latin1'), 'python', /encoding “shift-jis”, which is not supported/],
    [Buffer.from('x = 1\n# coding: latin-1\n\xe9', 'latin1'), 'python', /not valid UTF-8/],
  ];
  for (const [bytes, language, message] of cases) {
    const decoded = decode(bytes, language);
    assert.ok('problem' in decoded);
    assert.match(decoded.problem, message);
  }
});

test('a letter that the encoding lacks can’t be written', () => {
  assert.equal(encode('…', 'latin1'), undefined);
  assert.deepEqual(encode('é', 'latin1'), Buffer.from([0xe9]));
});
