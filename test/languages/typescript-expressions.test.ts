/** Expressions and types of TypeScript and JavaScript, as facts. */
import { checkCases } from './typescript-cases.ts';

checkCases([
  {
    title: 'names and literals',
    source: `
      a.b?.c.d!.#e;
      a['b'].c[\`d\`][0][e];
      [undefined, null, true, 1_000, 0x10, 10n, -1, 'a\\u0041\\n\\'', /re/g, \`plain \\\`\`, void 0];
      \`a \${b} c \${\`d\${e}\`}\`;
      tag\`a\${b}\`;
      [1, , ...a];
      import.meta.url;
      new.target;
    `,
    facts: `
      a.b.c.d.#e
      a.b.c.d[0][e]
      [null, null, true, 1000, 16, 10, -1, "aA\\n'", "/re/g", "plain \`", null]
      template("a {} c {}", b, template("d{}", e))
      tag(template("a{}", b))
      [1, null, ...a]
      other().url
      other()
    `,
  },
  {
    title: 'calls',
    source: `
      f(a, ...b);
      a?.();
      a.b?.(c)?.[d]?.e();
      f<T>(a);
      new A;
      new a.B<T>(c);
      new (f())();
      super.f();
    `,
    facts: `
      f(a, *b)
      a()
      a.b(c)[d].e()
      f(a)
      new A()
      new a.B(c)
      new f()()
      super.f()
    `,
  },
  {
    title: 'operators',
    source: `
      a ? b : c ? d : e;
      a || b || c ?? d;
      a && b && c;
      a == b; a != b; a === b; a <= b;
      a instanceof B; 'k' in a; #x in a;
      !a; -a; typeof a; void f(); delete a.b;
      a + b * c;
      f(x = 1, x ??= 2, x ||= 3, x &&= 4, x += 5, x++, --x, (a, b));
    `,
    facts: `
      (a ? b : (c ? d : e))
      (a or b or c or d)
      ((a and b) and c)
      (a === b)
      (a !== b)
      (a === b)
      (a <= b)
      (a instanceof B)
      ("k" in a)
      ("#x" in a)
      (not a)
      other(a)
      other(a)
      other(f())
      other(a.b)
      (a + (b * c))
      f(($x := 1), ($x ??= 2), ($x ??= 3), ($x &&= 4), ($x += 5), ($x += other()), ($x -= other()), other(a, b))
    `,
  },
  {
    title: 'what changes nothing at run time',
    source: `
      (a as A).b;
      (<A>a).b;
      a satisfies A;
      a!.b;
      ((a)).b;
      f<A>;
      (a as any) = b;
    `,
    facts: `
      $a.b
      $a.b
      $a
      $a.b
      $a.b
      f
      $a = b
    `,
  },
  {
    title: 'objects',
    source: `
      f({ a, b: 1, 'c-d': 2, [e]: f, ['g']: 3, 4: 5, ...h, i() {}, async *j() {}, get k() { return 1; }, set k(v) {} });
    `,
    facts: `
      f({"a": a, "b": 1, "c-d": 2, [e]: f, "g": 3, "4": 5, ...h, "i": (fn i() {  }), "j": (async generator fn j() {  }), "k": (get fn k() { return 1 }), "k": (set fn k(v) {  })})
    `,
  },
  {
    title: 'JSX',
    grammar: 'tsx',
    source: `
      const view = <Foo.Bar a="b" c={d()} {...e}>text {f()} <div on={g} /> <><Q x={<i />} /></>{/* c */}</Foo.Bar>;
    `,
    facts: `
      $view = other(Foo.Bar, "b", d(), ...e, f(), other(g), other(other(Q, other())))
    `,
  },
  {
    title: 'types',
    source: `
      let a: Client, b: ns.Client | null | undefined, c: Array<Client>, d: (A | B), e: string, f: A & B, g: Client[], h: () => A;
      const i: import('openai').OpenAI = j;
    `,
    facts: `
      import openai
      a: Client
      b: ns.Client
      c: Array
      d: (A or B)
      f: (A or B)
      i: module("openai").OpenAI
      $i = j
    `,
  },
]);
