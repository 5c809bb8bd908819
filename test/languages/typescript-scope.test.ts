/** What names stand for in TypeScript and JavaScript. */
import { checkCases } from './typescript-cases.ts';

checkCases([
  {
    title: 'block scope',
    source: `
      let x = 1;
      { let x = 2; f(x); var y = x; function inner() { return x; } inner(); }
      inner();
      f(x, y);
    `,
    facts: `
      $x = 1
      block
        $x'2 = 2
        f($x'2)
        $y = $x'2
        def inner()
          return ^x'2
        $inner()
      inner()
      f($x, $y)
    `,
  },
  {
    title: 'hoisting',
    source: `
      function f() { late(); a = 1; return a; var a; function late() {} }
    `,
    facts: `
      def f()
        $late()
        $a = 1
        return $a
        def late()
    `,
  },
  {
    title: 'loop and catch scope',
    source: `
      let i, e;
      for (let i = 0; i < 2; i++) f(i);
      for (const i of list) f(i);
      try {} catch (e) { f(e); }
      f(i, e);
    `,
    facts: `
      count $i'2 = 0; ($i'2 < 2); ($i'2 += other())
        f($i'2)
      for $i'3 in list
        f($i'3)
      try
      catch as $e'2
        f($e'2)
      f($i, $e)
    `,
  },
  {
    title: 'parameters shadow',
    source: `
      import { client } from 'm';
      function f(client) { return client.a(() => client); }
      client.b();
    `,
    facts: `
      import m
      client = m:client
      def f(client)
        return $client.a((fn () { return ^client }))
      $client.b()
    `,
  },
  {
    title: 'an assignment to what nothing declares',
    source: `
      start(() => { shared = 1; });
      shared();
    `,
    facts: `
      start((fn () { ^shared = 1 }))
      $shared()
    `,
  },
]);
