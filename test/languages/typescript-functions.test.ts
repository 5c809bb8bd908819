/** Functions and classes of TypeScript and JavaScript, as facts. */
import { checkCases } from './typescript-cases.ts';

checkCases([
  {
    title: 'functions',
    source: `
      async function a(b: B, c = b, d?: D, ...rest: E[]): Promise<F> { return b; }
      function* g() { yield; yield a; yield* b; }
      function overloaded(a: string): void;
      function overloaded(a: any) { return; }
      const h = async function named(x) { return named; };
      const i = async x => await x;
      const j = (x, y) => ({ x });
    `,
    facts: `
      async def a(b: B, c = $b, d: D, *rest) -> Promise
        return $b
      generator def g()
        (yield)
        (yield ^a)
        (yield b)
      def overloaded(a)
        return
      $h = (async fn named(x) { return ^named })
      $i = (async fn (x) { return (await $x) })
      $j = (fn (x, y) { return {"x": $x} })
    `,
  },
  {
    title: 'destructured parameters',
    source: `
      function f({ client, n: { m = 1 } }: Props, [p, ...q] = [], r) { return client; }
      const g = ({ x }) => x;
    `,
    facts: `
      def f(,  = [], r)
        <client: $client, n: <m: $m = 1>> = \${}
        <0: $p, ...: $q> = $[]
        return $client
      $g = (fn () { <x: $x> = \${}; return $x })
    `,
  },
  {
    title: 'classes',
    source: `
      @dec({ a: 1 })
      export class A<T> extends mixin(Base)<T> implements I {
        #secret = new Client();
        static count: number = 0;
        declare typed: Client;
        private readonly x?: ns.Client<T>;
        ['y'] = 1;
        constructor(private client: Client, public readonly n = 3, plain?: string) { super(client); }
        static { A.count = 1; }
        get value() { return this.#secret; }
        set value(v) { this.#secret = v; }
        static async *stream<T>(...a: T[]): Promise<T> {}
        @log() @retry(3) private async run(@Inject() a: string) { return super.run(a); }
        abstract missing(): void;
        overload(a: string): void;
        overload(a) {}
        [Symbol.iterator]() {}
        'quoted'() {}
      }
    `,
    facts: `
      export A
      @dec({"a": 1})
      class A(mixin(Base))
        field #secret = new Client()
        field count = 0
        field typed: Client
        field x: ns.Client
        field y = 1
        constructor def constructor(client: Client, n = 3, plain)
          self<A>.client = $client
          self<A>.n = $n
          super<A>($client)
        get def value()
          return self<A>.#secret
        static async generator def stream(*a) -> Promise
        @log()
        @retry(3)
        private async def run(a)
          return super<A>.run($a)
        abstract def missing()
        def overload(a)
        def [Symbol.iterator]()
        def quoted()
    `,
  },
  {
    title: 'this',
    source: `
      class A {
        arrow = () => this.a;
        plain = function () { return this.b; };
        m() {
          const f = () => () => this.c;
          function g() { return this.d; }
          return { n() { return this.e; }, o: () => this.f, get p() { return this.g; } };
        }
      }
      this.h;
    `,
    facts: `
      class A
        field arrow = (fn () { return self<A>.a })
        field plain = (fn () { return self.b })
        def m()
          $f = (fn () { return (fn () { return self<A>.c }) })
          def g()
            return self.d
          return {"n": (fn n() { return self.e }), "o": (fn () { return self<A>.f }), "p": (get fn p() { return self.g })}
      self.h
    `,
  },
  {
    title: 'class expressions',
    source: `
      const A = class Named extends B { m() { return Named; } };
      use(class { x = 1 });
    `,
    facts: `
      $A = (class Named(B); def m(); return ^Named)
      use((class; field x = 1))
    `,
  },
]);
