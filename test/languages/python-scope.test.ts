/** What names stand for in Python. */
import { checkCases } from './python-cases.ts';

checkCases([
  [
    'functions see what is assigned around them, before or after',
    `
      def f():
          late()
          x = 1
          def g():
              return x, y, print
          y = 2
      def late(): pass
    `,
    `
      def f()
        ^late()
        $x = 1
        def g()
          return [^x, ^y, print]
        $y = 2
      def late()
    `,
  ],
  [
    'a name assigned anywhere in a function is its own',
    `
      x = 1
      def f():
          print(x)
          x = 2
      def g(x): return x
      def h(): return x
    `,
    `
      $x = 1
      def f()
        print($x)
        $x = 2
      def g(x)
        return $x
      def h()
        return ^x
    `,
  ],
  [
    'global and nonlocal',
    `
      client = None
      def make():
          global client, fresh
          client = OpenAI()
          count = 0
          def inner():
              nonlocal count
              count += 1
              return count, client
      def use(): return client, fresh
    `,
    `
      $client = null
      def make()
        ^client = OpenAI()
        $count = 0
        def inner()
          augment ^count = 1
          return [^count, ^^client]
      def use()
        return [^client, ^fresh]
    `,
  ],
  [
    'class bodies are not seen from their methods',
    `
      x = "module"
      class A:
          x = "class"
          y = x
          def f(self): return x
          z = [x for a in x]
    `,
    `
      $x = "module"
      class A
        field x = "class"
        field y = $x'2
        field z = comp($x for $a in $x'2)
        def f(self)
          return ^x
    `,
  ],
  [
    'comprehensions',
    `
      x = 1
      [x for x in x if x]
      {k: v for k, v in x.items()}
      {a for b in x for a in b}
      total = sum(await f(i) async for i in x)
      [last := y for y in x]
      print(last, y)
    `,
    `
      $x = 1
      comp($x'2 for $x'2 in $x if $x'2)
      comp({[$k]: $v} for <0: $k, 1: $v> in $x.items())
      comp($a for $b in $x for $a in $b)
      $total = sum(lazy((await f($i)) forAwait $i in $x))
      comp(($last := $y) for $y in $x)
      print($last, y)
    `,
  ],
  [
    'what binds',
    `
      for a in a: pass
      with a as b: pass
      try: pass
      except E as c: c
      (d := 1)
      import e.f
      def g(): pass
      class h: pass
      [a, b, c, d, e, g, h]
    `,
    `
      import e.f
      e = e:*
      for $a in $a
      with $a as $b
      try
      catch E as $c
        $c
      ($d := 1)
      def g()
      class h
      [$a, $b, $c, $d, $e, $g, $h]
    `,
  ],
]);
