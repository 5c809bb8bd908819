/** Code that is being typed: what is kept. */
import { checkCases } from './typescript-cases.ts';

checkCases([
  {
    title: 'a call without its end',
    source: `
      async function f() {
        try {
          const r = await client.create(
        } catch (e) {
          g(e);
        }
      }
      h();
    `,
    facts: `
      async def f()
        try
          $r = (await client.create)
        catch as $e
          g($e)
      h()
      error 62..63
    `,
  },
  {
    title: 'a member without a name',
    source: `
      async function f() {
        const r = await client.
        g();
      }
      h();
    `,
    facts: `
      async def f()
        $r = (await client.g())
      h()
    `,
  },
  {
    title: 'an argument list without its end',
    source: `
      class A {
        m() { f(
        }
        n() { g(); }
      }
    `,
    facts: `
      class A
        def m()
        def n()
          g()
      error 18..20
    `,
  },
  {
    title: 'a missing bracket before the next statement',
    source: `
      const a = f(1, 2
      const b = g();
    `,
    facts: `
      $a = f(1, ($b := g()))
      error 15..22
      error 30..30
    `,
  },
  {
    title: 'a callback without its end',
    source: `
      x.map(async (y) => {
        await f(
      });
      g();
    `,
    facts: `
      x.map((async fn (y) { (await f) }))
      g()
      error 30..31
    `,
  },
  {
    title: 'a property without a value',
    source: `
      const x = {
        a: await f(),
        b:
      };
      g();
    `,
    facts: `
      $x = {"a": (await f()), "b": other()}
      g()
      error 32..32
    `,
  },
  {
    title: 'a block without its end',
    source: `
      async function f() {
        try {
          await g();
          if (x) {
        } catch (e) {
          await h();
        }
      }
    `,
    facts: `
      async def f()
        try
          (await g())
          if x
          catch(e)
          block
            (await h())
      error 70..70
      error 93..93
    `,
  },
  {
    title: 'a body without its end',
    source: `
      f();
      function g() {
        h(await k());
    `,
    facts: `
      f()
      def g()
        h((await k()))
      error 35..35
    `,
  },
  {
    title: 'a try alone',
    source: `
      try { f();
      g();
    `,
    facts: `
      try
        f()
        g()
      error 15..15
    `,
  },
  {
    title: 'a declaration without a name',
    source: `
      const = f();
    `,
    facts: `
      error 6..7
      error 9..9
      error 9..11
    `,
  },
  {
    title: 'nothing but noise',
    source: `
      ) } ] => ...
    `,
    facts: `
      error 0..12
    `,
  },
]);
