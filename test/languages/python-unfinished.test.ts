/** Python while it is typed: what can still be read. */
import { checkCases } from './python-cases.ts';

checkCases([
  [
    'a member without a name',
    `
      def f(items):
          for item in items:
              client.
          return g(items)
    `,
    `
      def f(items)
        for $item in $items
          other(client)
        return g($items)
      error 45..52
    `,
  ],
  [
    'a call without its end',
    `
      def f():
          try:
              a = client.go(1,
          except Error as e:
              log(e)
    `,
    `
      def f()
        try
          other(a, client.go, 1, ($e := Error), log($e))
      error 26..80
    `,
  ],
  [
    'an assignment without a value',
    `
      x =
      y = f(x)
    `,
    `
      $x = ($y := f($x))
    `,
  ],
  [
    'a try alone',
    `
      try:
          client.go()
      def f(): pass
    `,
    `
      try
        client.go()
      def f()
    `,
  ],
  [
    'an argument without a value',
    `
      client.go(model=, n=2)
      after()
    `,
    `
      client.go(model, other(), n=2)
      after()
      error 15..16
    `,
  ],
  [
    'a header without a body',
    `
      def f(x):
      if x:
      for a in x:
      g()
    `,
    `
      def f(x)
      if x
      for $a in x
      g()
    `,
  ],
  [
    'a string without its end',
    `
      a = f(1)
      b = "unfinished
      c = g(a)
    `,
    `
      $a = f(1)
      $b = unfinished
      $c = g($a)
      error 13..14
    `,
  ],
  [
    'commands of a notebook',
    `
      %timeit f(x)
      !pip install openai
      client = OpenAI()
    `,
    `
      other(timeit)
      f(x)
      other(ip, install)
      openai
      $client = OpenAI()
      error 0..7
      error 13..25
    `,
  ],
  [
    'nothing but noise',
    `
      ) ] : = def class ( }
    `,
    `
      error 0..21
    `,
  ],
]);
