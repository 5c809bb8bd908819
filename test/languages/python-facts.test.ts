/** Python's statements and imports, and what they become. */
import { checkCases } from './python-cases.ts';

checkCases([
  [
    'import',
    `
      import openai, os.path
      import a.b as c
    `,
    `
      import openai
      import os.path
      import a.b
      openai = openai:*
      os = os:*
      c = a.b:*
    `,
  ],
  [
    'from import',
    `
      from openai import OpenAI, RateLimitError as Limit
      from .x import (y as z, w,)
      from ..pkg.mod import q
      from . import sibling
      from __future__ import annotations
      from lib import *
    `,
    `
      import openai
      import .x
      import ..pkg.mod
      import .
      import __future__
      import lib
      OpenAI = openai:OpenAI
      Limit = openai:RateLimitError
      z = .x:y
      w = .x:w
      q = ..pkg.mod:q
      sibling = .:sibling
      annotations = __future__:annotations
    `,
  ],
  [
    'imports for the type checker only, inside try and inside functions',
    `
      import typing
      if typing.TYPE_CHECKING:
          from openai import OpenAI
          import late
      else:
          late = None
      try:
          import fast as json
      except ImportError:
          import json
      def f():
          from openai import OpenAI
          return OpenAI
      import late
    `,
    `
      import typing
      import openai (type only)
      import late (type only)
      import fast
      import json
      import openai
      import late
      typing = typing:*
      OpenAI = openai:OpenAI (type only)
      late = late:*
      json = fast:*
      OpenAI = openai:OpenAI
      if $typing.TYPE_CHECKING
      else
        $late = null
      try
      catch ImportError
      def f()
        return $OpenAI
    `,
  ],
  [
    'a module by its name',
    `
      importlib.import_module("openai.types")
      __import__("openai")
      import_module(name)
    `,
    `
      module("openai.types")
      module("openai")
      import_module(name)
    `,
  ],
  [
    'assignment',
    `
      a = 1
      b: str = a
      c: "Client"
      a += f(b)
      a = b = c = g()
      self.x = y[0] = 1
    `,
    `
      b: str
      c: Client
      $a = 1
      $b = $a
      augment $a = f($b)
      $a = ($b := ($c := g()))
      self.x = (y[0] := 1)
    `,
  ],
  [
    'patterns',
    `
      a, b = pair
      (c, [d, *e]), f.g = nested
      [h] = one
      i, = two
      (j) = three
    `,
    `
      <0: $a, 1: $b> = pair
      <0: <0: $c, 1: <0: $d, ...: $e>>, 1: f.g> = nested
      <0: $h> = one
      <0: $i> = two
      $j = three
    `,
  ],
  [
    'if',
    `
      if a:
          b()
      elif c:
          d()
      elif e:
          pass
      else:
          g()
    `,
    `
      if a
        b()
      else
        if c
          d()
        else
          if e
          else
            g()
    `,
  ],
  [
    'loops',
    `
      for i, (a, b) in x, y:
          if i: break
          continue
      else:
          done()
      for self.i in range(3): pass
      while n := next(): use(n)
      else: late()
      async def f():
          async for chunk in stream: print(chunk)
    `,
    `
      for <0: $i, 1: <0: $a, 1: $b>> in [x, y]
        if $i
          break
        continue
      else
        done()
      for self.i in range(3)
      while ($n := next())
        use($n)
      else
        late()
      async def f()
        forAwait $chunk in stream
          print($chunk)
    `,
  ],
  [
    'try',
    `
      try:
          a()
      except (RateLimitError, openai.APIError) as error:
          log(error)
      except ValueError:
          raise
      except (*LATE, OSError): pass
      except:
          pass
      else:
          b()
      finally:
          c()
      try: a()
      except* ValueError as group: raise Wrapped(group) from None
    `,
    `
      try
        a()
      catch RateLimitError | openai.APIError as $error
        log($error)
      catch ValueError
        raise
      catch ...LATE | OSError
      catch
      else
        b()
      finally
        c()
      try
        a()
      catch ValueError as $group
        raise Wrapped($group)
    `,
  ],
  [
    'other forms of except',
    `
      try: a()
      except ValueError, error: b(error)
      try: a()
      except ValueError, KeyError: b()
    `,
    `
      try
        a()
      catch ValueError as $error
        b($error)
      try
        a()
      catch ValueError | KeyError
        b()
    `,
  ],
  [
    'with',
    `
      with open(a) as f, lock: pass
      with (open(a) as f, lock as self.lock): pass
      with (lock): pass
      with (open(a) as f): pass
      async def g():
          async with session.get(u) as (r, s):
              await r
    `,
    `
      with open(a) as $f, lock
      with open(a) as $f, lock as self.lock
      with lock
      with open(a) as $f
      async def g()
        with async session.get(u) as <0: $r, 1: $s>
          (await $r)
    `,
  ],
  [
    'match',
    `
      match error, code:
          case APIError(status=429, code=errors.LIMIT), _:
              wait()
          case [first, *others] if first:
              use(others)
          case {"type": kind, **rest} | None:
              use(kind, rest)
          case str() as text:
              use(text)
          case _:
              pass
      match = 1
      match.go(match)
    `,
    `
      switch [error, code]
      case
        other(APIError, 429, errors.LIMIT)
        wait()
      case
        if $first
          use($others)
      case
        other("type", null)
        use($kind, $rest)
      case
        other(str)
        use($text)
      case
      $match = 1
      $match.go($match)
    `,
  ],
  [
    'small statements',
    `
      def f():
          pass
          return
      def g():
          "What it does."
          ...
          return 1, 2
      raise
      raise Error(a) from cause
      raise Error(a) from fault()
      assert a(), b
      del a, b[0]
      x(); y()
      print "old", x
      exec code in scope
    `,
    `
      def f()
        return
      def g()
        "What it does."
        other()
        return [1, 2]
      raise
      raise Error(a)
      fault()
      raise Error(a)
      other(a(), b)
      other([a, b[0]])
      x()
      y()
      print("old", x)
      other(code, scope)
    `,
  ],
  [
    'type aliases',
    `
      type Pair[T] = tuple[T, T]
      type(x).count = 1
    `,
    `
      $Pair = tuple[[T, T]]
      other = 1
    `,
  ],
]);
