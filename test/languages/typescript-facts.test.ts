/** Statements of TypeScript and JavaScript, as facts. */
import { checkCases } from './typescript-cases.ts';

checkCases([
  {
    title: 'declarations and patterns',
    source: `
      const a = 1, b = f();
      let later: Client;
      var { c, d: e = 2, [k]: g, 'h-i': h, ...i } = o;
      const [j, , [l] = [], ...m] = a;
      ({ a: p.q, b: r[0] } = o);
      [x, y] = [y, x];
    `,
    facts: `
      later: Client
      $a = 1
      $b = f()
      <c: $c, d: $e = 2, [k]: $g, h-i: $h, ...: $i> = o
      <0: $j, 2: <0: $l> = [], ...: $m> = $a
      <a: p.q, b: r[0]> = o
      <0: $x, 1: $y> = [$y, $x]
    `,
  },
  {
    title: 'assignments as statements',
    source: `
      a = b;
      a.b.c = d;
      a['b'] = c;
      a[i] = c;
      a += 1;
      a++;
      --a.b;
      a ??= b;
      this.c ||= d;
      a = 1, b = 2, c();
      using r = open();
      await using s = open();
    `,
    facts: `
      $a = $b
      $a.b.c = d
      $a.b = c
      $a[i] = c
      augment $a = 1
      augment $a = other()
      augment $a.b = other()
      $a = $b
      self.c = d
      $a = 1
      $b = 2
      c()
      $r = open()
      $s = open()
    `,
  },
  {
    title: 'conditions',
    source: `
      if (a) b(); else if (c) { d(); } else { e(); }
      switch (error.status) { case 429: wait(); break; case 500: default: throw error; }
    `,
    facts: `
      if a
        b()
      else
        if c
          d()
        else
          e()
      switch error.status
      case
        429
        wait()
        break
      case
        500
      case
        raise error
    `,
  },
  {
    title: 'loops',
    source: `
      for (const [k, v] of Object.entries(o)) f(k);
      for (const k in o) f(k);
      for (x.y of z) ;
      for (let i = 0, n = 3; i < n; i++, j--) { f(i); }
      for (i = 0; ; ) { break; }
      for (;;) ;
      while (a) b();
      do { a(); } while (b);
      outer: for (;;) { inner: while (a) { if (b) continue outer; break inner; } }
      block: { break block; }
      guard: if (a) break guard;
      async () => { for await (const part of stream) f(part); };
    `,
    facts: `
      for <0: $k, 1: $v> in Object.entries(o)
        f($k)
      for $k'2 in o
        f($k'2)
      for x.y in z
      count $i = 0; $n = 3; ($i < $n); other(($i += other()), ($j -= other()))
        f($i)
      count $i'2 = 0;
        break
      count ;
      while a
        b()
      doWhile b
        a()
      outer: count ;
        inner: while a
          if b
            continue outer
          break inner
      block block
        break block
      block guard
        if a
          break guard
      (async fn () { forAwait $part in stream; f($part) })
    `,
  },
  {
    title: 'errors',
    source: `
      try { a(); } catch (e) { b(e); } finally { c(); }
      try { a(); } catch { throw new Error(\`no \${x}\`); }
      try { a(); } catch ({ status, response: { data } = {} }: any) { b(status, data); }
      try { a(); } finally { b(); }
    `,
    facts: `
      try
        a()
      catch as $e
        b($e)
      finally
        c()
      try
        a()
      catch
        raise new Error(template("no {}", x))
      try
        a()
      catch as \${}
        <status: $status, response: <data: $data> = {}> = \${}
        b($status, $data)
      try
        a()
      finally
        b()
    `,
  },
]);
