/** Python's expressions, and what they become. */
import { checkCases } from './python-cases.ts';

checkCases([
  [
    'literals',
    `
      [1_000, 0xFF, 0o17, 0b11, 1.5e3, .5, 3j, -1, True, False, None, ...]
      ["a", 'b', """c
      d""", u"e", r"\\d", b"f", "\\x41\\u00e9\\n\\"", "a" 'b']
      "a" + "b" + c
    `,
    `
      [1000, 255, 15, 3, 1500, 0.5, other(), -1, true, false, null, other()]
      ["a", "b", "c\\nd", "e", "\\\\d", "f", "Aé\\n\\"", "ab"]
      ("ab" + c)
    `,
  ],
  [
    'f-strings',
    `
      f"no parts"
      f"a{b}c{d.e()!r:>{width}}{{}}" "f"
      rf"\\d{x}"
      f"{x=} {lambda: 1} {a, b}"
    `,
    `
      "no parts"
      template("a{}c{}{}f", b, d.e(), width)
      template("\\\\d{}", x)
      template("{} {} {}", x, (fn () { return 1 }), [a, b])
    `,
  ],
  [
    'calls',
    `
      f(a, *b, c=d, **e)
      f(x for x in y)
      client.chat.completions.create(model="m")[0].text
      (f)(a)
      OpenAI(**{"a": 1}).go()
    `,
    `
      f(a, *b, c=d, **e)
      f(lazy($x for $x in y))
      client.chat.completions.create(model="m")[0].text
      f(a)
      OpenAI(**{"a": 1}).go()
    `,
  ],
  [
    'boolean operators',
    `
      a or b or c
      a and b and c
      a or b and not c
      x if a else y if b else z
    `,
    `
      (a or b or c)
      ((a and b) and c)
      (a or (b and (not c)))
      (a ? x : (b ? y : z))
    `,
  ],
  [
    'comparisons',
    `
      a == b
      a is not None
      a != b
      a not in b
      a < b <= c
      not a in b
    `,
    `
      (a === b)
      (a !== null)
      (a !== b)
      (not (a in b))
      other(a, b, c)
      (not (a in b))
    `,
  ],
  [
    'arithmetic',
    `
      a + b * 2 ** n
      -a
      ~a
      (a + b) % c
    `,
    `
      (a + (b * (2 ** n)))
      other(a)
      other(a)
      ((a + b) % c)
    `,
  ],
  [
    'collections',
    `
      [a, *b]
      (a, b)
      {a, b}
      {"a": b, c: d, 1: e, **f}
      ()
      x[a]
      x[a, b]
      x[1:n, ::2]
    `,
    `
      [a, ...b]
      [a, b]
      [a, b]
      {"a": b, [c]: d, [1]: e, ...f}
      []
      x[a]
      x[[a, b]]
      x[[other(1, n), other(2)]]
    `,
  ],
  [
    'await and yield',
    `
      async def f():
          r = (await client.go()).text
          await asyncio.gather(*[g(x) for x in xs])
          (yield r)
    `,
    `
      async generator def f()
        $r = (await client.go()).text
        (await asyncio.gather(*comp(g($x) for $x in xs)))
        (yield $r)
    `,
  ],
  [
    'brackets mean nothing',
    `
      ((client)).chat
      (a, (b))
      (x) = ((1))
    `,
    `
      client.chat
      [a, b]
      $x = 1
    `,
  ],
]);
