/** Python's functions and classes, and what they become. */
import { checkCases } from './python-cases.ts';

checkCases([
  [
    'parameters',
    `
      def f(a, b=1, /, c: int = g(), *args: str, d, **kw) -> "Client":
          return args
      async def h(*, a): pass
    `,
    `
      def f(a, b = 1, c: int = g(), *args: str, d, **kw) -> Client
        return $args
      async def h(a)
    `,
  ],
  [
    'decorators',
    `
      @retry(stop=stop_after_attempt(3))
      @app.get("/")
      async def f(): await g()
    `,
    `
      @retry(stop=stop_after_attempt(3))
      @app.get("/")
      async def f()
        (await g())
    `,
  ],
  [
    'type parameters',
    `
      def f[T: Base, *Ts](x: T) -> T: return T
      class Box[T](Base[T]):
          def get(self) -> T: return self.x
    `,
    `
      def f(x: $T) -> $T
        return ^T
      class Box(Base[$T'2])
        def get(self) -> $T'2
          return self<Box>.x
    `,
  ],
  [
    'lambdas',
    `
      f(lambda: client.go())
      key = lambda a, *b, c=1: a + c
    `,
    `
      f((fn () { return client.go() }))
      $key = (fn (a, *b, c = 1) { return ($a + $c) })
    `,
  ],
  [
    'generators',
    `
      def outer():
          def inner():
              yield 1
          return lambda: (yield)
      async def f():
          x = yield
          yield from g(x)
    `,
    `
      def outer()
        generator def inner()
          (yield 1)
        return (generator fn () { return (yield) })
      async generator def f()
        $x = (yield)
        (yield g($x))
    `,
  ],
  [
    'methods and the instance',
    `
      class Service(Base, metaclass=Meta):
          def __init__(self, client: OpenAI):
              super().__init__(client)
              self.client: OpenAI = client
              self.spare: "AsyncOpenAI"
          def ask(this, x):
              def inner(): return this.client
              def other(this): return this
              [this.x for a in this.y]
              return lambda: this.go(x)
          @classmethod
          def make(cls): return cls()
          @staticmethod
          def plain(a): return a.client
          @functools.cached_property
          def client(self): return OpenAI()
          @property
          def n(self): return self._n
          @n.setter
          def n(self, value): self._n = value
          def no_instance(*args): return args
      def free(self): return self.x
    `,
    `
      class Service(Base)
        field client: OpenAI
        field spare: AsyncOpenAI
        def __init__(self, client: OpenAI)
          super<Service>.__init__($client)
          self<Service>.client = $client
          other(self<Service>.spare)
        def ask(this, x)
          def inner()
            return self<Service>.client
          def other(this)
            return $this
          comp(self<Service>.x for $a in self<Service>.y)
          return (fn () { return self<Service>.go(^x) })
        @classmethod
        classmethod def make(cls)
          return self<Service>()
        @staticmethod
        staticmethod def plain(a)
          return $a.client
        @functools.cached_property
        property def client(self)
          return OpenAI()
        @property
        property def n(self)
          return self<Service>._n
        def no_instance(*args)
          return $args
      def free(self)
        return $self.x
    `,
  ],
  [
    'fields',
    `
      class Settings:
          "What it is."
          retries: int = 3
          client = OpenAI(max_retries=retries)
          name: str
          a = b = 1
          if debug:
              level = get_level()
          for table[key()] in rows(): register(key)
          class Inner:
              x = 1
          def retries_of(self): return retries
    `,
    `
      class Settings
        field retries: int = 3
        field client = OpenAI(max_retries=$retries)
        field name: str
        field a = ($b := 1)
        field = debug
        field level = get_level()
        field = table
        field = key()
        field = rows()
        field = register(key)
        field Inner = (class Inner; field x = 1)
        def retries_of(self)
          return retries
    `,
  ],
  [
    'classes in functions',
    `
      def make(base):
          @final
          class Local(base):
              x = base
              def go(self): return base, self
          return Local
    `,
    `
      def make(base)
        @final
        class Local($base)
          field x = $base
          def go(self)
            return [^base, self<Local>]
        return $Local
    `,
  ],
  [
    'annotations',
    `
      a: Optional["OpenAI"]
      b: "Optional[openai.OpenAI] | None"
      c: Literal["OpenAI"]
      d: dict[str, list[Client]]
      e: Callable[["Client"], int] | None
      f: "not a type"
      g: "list[" = 1
      def h(x: "Late") -> Late: pass
      class Late: pass
    `,
    `
      a: Optional[OpenAI]
      b: (Optional[openai.OpenAI] | null)
      c: Literal["OpenAI"]
      d: dict[[str, list[Client]]]
      e: (Callable[[[Client], int]] | null)
      f: "not a type"
      g: "list["
      $g = 1
      def h(x: $Late) -> $Late
      class Late
    `,
  ],
]);
