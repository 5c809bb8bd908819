/** Imports, exports and modules of TypeScript and JavaScript, as facts. */
import { checkCases } from './typescript-cases.ts';

checkCases([
  {
    title: 'imports',
    source: `
      import d, { a as b, type c, 'x y' as z } from 'm';
      import type T from 'u';
      import * as ns from 'v';
      import 'w';
      import x = require('y');
      export import w = require('q');
      import p = ns.inner;
    `,
    facts: `
      import m
      import u (type only)
      import v
      import w
      import y
      import q
      d = m:default
      b = m:a
      c = m:c (type only)
      z = m:x y
      T = u:default (type only)
      ns = v:*
      x = y:*
      w = q:*
      export w
      "q"
      $p = $ns.inner
      error 162..162
    `,
  },
  {
    title: 'required modules',
    source: `
      const whole = require('a');
      const { OpenAI: O, RateLimitError } = require('b');
      const inner = require('c').default;
      const later = await import('d');
      import('e').then((m) => m.default());
      load(import(name));
    `,
    facts: `
      import a
      import b
      import c
      import d
      import e
      $whole = module("a")
      <OpenAI: $O, RateLimitError: $RateLimitError> = module("b")
      $inner = module("c").default
      $later = (await module("d"))
      module("e").then((fn (m) { return $m.default() }))
      load(other()(name))
    `,
  },
  {
    title: 're-exports',
    source: `
      export { a as b, default as c } from 'e';
      export * from 'f';
      export * as g from 'g';
      export type { Q } from 'h';
    `,
    facts: `
      import e
      import f
      import g
      import h (type only)
      b = e:a
      c = e:default
      *f = f:*
      g = g:*
      Q = h:Q (type only)
      export b, c, *f, g, Q
    `,
  },
  {
    title: 'exports',
    source: `
      export { one, one as two, late as 'a name', Missing };
      let one;
      export const three = 1, { four, x: [five, ...six] } = r;
      export function seven() {}
      export class Eight {}
      export enum Nine { A }
      export declare const ten: Client;
      export interface Not {}
      function late() {}
      module.exports = one;
      exports.other = one;
    `,
    facts: `
      export one, one as two, late as a name, three, four, five, six, seven, Eight, Nine, ten
      ten: Client
      $three = 1
      <four: $four, x: <0: $five, ...: $six>> = r
      def seven()
      class Eight
      def late()
      module.exports = $one
      exports.other = $one
    `,
  },
  {
    title: 'a default export that has a name',
    source: `
      export default class Client {}
    `,
    facts: `
      export Client as default
      class Client
    `,
  },
  {
    title: 'a default export that is an expression',
    source: `
      export default create({ a: 1 });
    `,
    facts: `
      export default
      $default = create({"a": 1})
    `,
  },
  {
    title: 'export assignment',
    source: `
      export = client;
    `,
    facts: `
      module.exports = client
    `,
  },
  {
    title: 'namespaces and what does not run',
    source: `
      namespace A.B { export const q = 1; f(q); }
      declare module 'x' { export const y: number; }
      declare function f(): void;
      declare const client: Client;
      type T = string;
      interface I { m(): void }
      debugger;
      ;
    `,
    facts: `
      client: Client
      block
        $q = 1
        f($q)
    `,
  },
]);
