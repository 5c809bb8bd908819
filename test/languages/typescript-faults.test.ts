/** TypeScript that the grammar misreads: nothing of it may cost what stands after it. */
import { checkCases } from './typescript-cases.ts';

checkCases([
  {
    title: 'await before type arguments',
    source: `
      await f<T>(x);
      const y = await client.chat.completions.create<T>({});
      await client.chat.completions.create<T>({}).withResponse();
      await f<T>(x)?.d;
      return await f<T>(x);
      async () => await f<T>(x);
    `,
    facts: `
      (await f(x))
      $y = (await client.chat.completions.create({}))
      (await client.chat.completions.create({}).withResponse())
      (await f(x).d)
      return (await f(x))
      (async fn () { return (await f(x)) })
    `,
  },
  {
    title: 'other operators before type arguments',
    source: `
      !f<T>(x);
      void f<T>(x);
      a + f<T>(x);
      a || b.c<T>(d);
    `,
    facts: `
      (not f(x))
      other(f(x))
      (a + f(x))
      (a or b.c(d))
    `,
  },
  {
    title: 'brackets end a misread operator',
    source: `
      (await f<T>(x)).y.z<U>();
      !(await f<T>(x));
      (await (a.b).c<T>(x)).d(1);
    `,
    facts: `
      (await f(x)).y.z()
      (not (await f(x)))
      (await a.b.c(x)).d(1)
    `,
  },
  {
    title: 'await using in a loop',
    source: `
      for (await using x of y) { f(x); }
      async function g() { try { return await h(); } catch (e) { throw e; } }
      g();
    `,
    facts: `
      other(f(x))
      async def g()
        try
          return (await h())
        catch as $e
          raise $e
      other($g())
      error 0..111
      error 17..106
    `,
  },
  {
    title: 'deferred import',
    source: `
      import defer * as n from 'n';
      f(n);
    `,
    facts: `
      import n
      n = n:*
      f($n)
      error 7..12
    `,
  },
  {
    title: 'type-only star export',
    source: `
      export type * from 'n';
      f();
    `,
    facts: `
      import n (type only)
      *n = n:* (type only)
      export *n
      f()
      error 7..11
    `,
  },
  {
    title: 're-export with attributes',
    source: `
      export { a as b } from 'n' with { type: 'json' };
      f();
    `,
    facts: `
      import n
      b = n:a
      export b
      block export
        "json"
      f()
      error 7..38
      error 47..48
    `,
  },
  {
    title: 'import type with attributes',
    source: `
      let z: import('x', { with: { 'resolution-mode': 'import' } }).Y = q();
      f(z);
    `,
    facts: `
      import x
      z: module("x").Y
      $z = q()
      f($z)
    `,
  },
  {
    title: 'variance',
    source: `
      interface I<in T, out U> {}
      f();
    `,
    facts: `
      f()
      error 15..16
      error 22..23
    `,
  },
  {
    title: 'optional call after type arguments',
    source: `
      a<b>?.(c);
      f();
    `,
    facts: `
      a(c)
      f()
      error 6..6
    `,
  },
  {
    title: 'using as a name',
    source: `
      const using = 3;
      f(using);
      g();
    `,
    facts: `
      $using = 3
      f()
      g()
      error 19..24
    `,
  },
  {
    title: 'accessor field',
    source: `
      class A { static accessor y; m() { f(); } }
      g();
    `,
    facts: `
      class A
        field accessor
        def m()
          f()
      g()
      error 26..27
    `,
  },
  {
    title: 'method named accessor',
    source: `
      class A { accessor() { f(); } m() { g(); } }
      h();
    `,
    facts: `
      class A
      m()
      block
        g()
      h()
      error 8..20
      error 33..33
      error 43..44
    `,
  },
  {
    title: 'typeof import as a type argument',
    source: `
      f<typeof import('x')>(z);
      g();
    `,
    facts: `
      import x
      ((f < other(module("x"))) > z)
      g()
    `,
  },
]);
