/**
 * Facts as compact text, in no language, so that a test shows what is expected at a glance.
 *
 * Names: `print` is bound nowhere in the file, `$x` by the function itself, `^x` by the function around it, `^^x` by the
 * one around that. A second variable of one name in one function (a comprehension's) is `$x'2`.
 * First the file's imports (`import module`), its imported names (`name = module:exported`) and, in TypeScript, its
 * exports; then the top level's statements, with functions and classes where they stand; then unreadable stretches.
 */
import type { Class, Expr, FileFacts, Fn, Stmt, Target, Var } from '../../src/core/facts.ts';

export function dump(facts: FileFacts): string {
  return [...head(facts), ...body(facts, 0, ''), ...facts.errors.map((at) => `error ${at.start}..${at.end}`)].join(
    '\n',
  );
}

function head(facts: FileFacts): string[] {
  const lines = facts.imports.map(({ module, typeOnly }) => `import ${module}${typeOnly ? ' (type only)' : ''}`);
  for (const { name, what } of facts.vars)
    if (what.k === 'import') lines.push(`${name} = ${what.module}:${what.name}${what.typeOnly ? ' (type only)' : ''}`);
  if (facts.language === 'typescript' && facts.exports.size > 0)
    lines.push(`export ${[...facts.exports].map(([name, index]) => exported(name, facts.vars[index]!)).join(', ')}`);
  return lines;
}

function exported(name: string, { name: own }: Var): string {
  return name === own ? name : `${own} as ${name}`;
}

function body(facts: FileFacts, fn: number, indent: string): string[] {
  const fields = new Set(facts.classes.flatMap((cls) => cls.fields.map(({ at }) => at.start)));
  const typed = facts.vars.filter((it) => it.fn === fn && it.type && it.what.k !== 'param' && !fields.has(it.at.start));
  return [
    ...typed.map((it) => `${indent}${it.name}: ${expr(facts, fn, it.type!)}`),
    ...stmts(facts, fn, facts.fns[fn]!.body, indent),
  ];
}

function stmts(facts: FileFacts, fn: number, list: readonly Stmt[], indent: string): string[] {
  return list.flatMap((it) => stmt(facts, fn, it, indent));
}

function stmt(facts: FileFacts, fn: number, it: Stmt, indent: string): string[] {
  const e = (value: Expr) => expr(facts, fn, value);
  const t = (value: Target) => target(facts, fn, value);
  const inner = (list: readonly Stmt[]) => stmts(facts, fn, list, `${indent}  `);
  const part = (title: string, list: readonly Stmt[]) => (list.length > 0 ? [`${indent}${title}`, ...inner(list)] : []);
  const line = (text: string, list: readonly Stmt[] = []) => [`${indent}${text}`, ...inner(list)];
  switch (it.k) {
    case 'expr':
      return line(e(it.value));
    case 'assign':
      return line(`${it.augmented ? 'augment ' : ''}${t(it.target)} = ${e(it.value)}`);
    case 'if':
      return [...line(`if ${e(it.test)}`, it.then), ...part('else', it.else)];
    case 'loop': {
      const label = it.label ? `${it.label}: ` : '';
      const over = it.iter ? ` ${it.target ? t(it.target) : ''} in ${e(it.iter)}` : '';
      const init = it.init ? ` ${flat(facts, fn, it.init)};` : '';
      const test = it.test ? ` ${e(it.test)}` : '';
      const update = it.update ? `; ${e(it.update)}` : '';
      return [...line(`${label}${it.form}${over}${init}${test}${update}`, it.body), ...part('else', it.orElse)];
    }
    case 'try':
      return [
        ...line('try', it.body),
        ...it.handlers.flatMap((handler) => {
          const classes = handler.catches ? ` ${handler.catches.map(e).join(' | ')}` : '';
          const as = handler.var === undefined ? '' : ` as ${variable(facts, fn, handler.var)}`;
          return line(`catch${classes}${as}`, handler.body);
        }),
        ...part('else', it.orElse),
        ...part('finally', it.final),
      ];
    case 'with': {
      const items = it.items.map(
        (item) => `${item.async ? 'async ' : ''}${e(item.value)}${item.target ? ` as ${t(item.target)}` : ''}`,
      );
      return line(`with ${items.join(', ')}`, it.body);
    }
    case 'switch':
      return [...line(`switch ${e(it.subject)}`), ...it.cases.flatMap((list) => line('case', list))];
    case 'block':
      return line(`block${it.label ? ` ${it.label}` : ''}`, it.body);
    case 'return':
    case 'raise':
      return line(it.value ? `${it.k} ${e(it.value)}` : it.k);
    case 'break':
    case 'continue':
      return line(it.label ? `${it.k} ${it.label}` : it.k);
    case 'def':
      return definition(facts, it.fn, indent);
    case 'class':
      return classLines(facts, fn, facts.classes[it.cls]!, indent);
  }
}

function definition(facts: FileFacts, index: number, indent: string): string[] {
  const fn = facts.fns[index]!;
  const decorators = fn.decorators.map((it) => `${indent}@${expr(facts, fn.parent ?? 0, it)}`);
  return [...decorators, `${indent}${signature(facts, index)}`, ...body(facts, index, `${indent}  `)];
}

function signature(facts: FileFacts, index: number): string {
  const fn: Fn = facts.fns[index]!;
  const outer = fn.parent ?? 0;
  const params = fn.params.map((param) => {
    const star = param.rest === 'list' ? '*' : param.rest === 'dict' ? '**' : '';
    const type = param.var === undefined ? undefined : facts.vars[param.var]!.type;
    const value = param.default ? ` = ${expr(facts, facts.language === 'python' ? outer : index, param.default)}` : '';
    return `${star}${param.name}${type ? `: ${expr(facts, outer, type)}` : ''}${value}`;
  });
  const words = [...fn.modifiers, ...(fn.async ? ['async'] : []), ...(fn.generator ? ['generator'] : []), 'def'];
  const type = fn.returnType ? ` -> ${expr(facts, outer, fn.returnType)}` : '';
  return `${words.join(' ')} ${fn.name}(${params.join(', ')})${type}`;
}

function classLines(facts: FileFacts, fn: number, cls: Class, indent: string): string[] {
  const bases = cls.bases.map((it) => expr(facts, fn, it)).join(', ');
  return [
    ...cls.decorators.map((it) => `${indent}@${expr(facts, fn, it)}`),
    `${indent}class ${cls.name}${bases ? `(${bases})` : ''}`,
    ...cls.fields.map(({ name, value, type }) => {
      const annotation = type ? `: ${expr(facts, fn, type)}` : '';
      return `${indent}  field${name && ` ${name}`}${annotation}${value ? ` = ${expr(facts, fn, value)}` : ''}`;
    }),
    ...[...cls.methods.values()].flatMap((method) => definition(facts, method, `${indent}  `)),
  ];
}

/** Statements on one line, for a function inside an expression. */
function flat(facts: FileFacts, fn: number, list: readonly Stmt[]): string {
  return stmts(facts, fn, list, '')
    .map((line) => line.trim())
    .join('; ');
}

function target(facts: FileFacts, fn: number, it: Target): string {
  switch (it.k) {
    case 'var':
      return variable(facts, fn, it.var);
    case 'attr':
      return `${expr(facts, fn, it.of)}.${it.name}`;
    case 'index':
      return `${expr(facts, fn, it.of)}[${expr(facts, fn, it.index)}]`;
    case 'pattern': {
      const parts = it.parts.map((part) => {
        const value = part.default ? ` = ${expr(facts, fn, part.default)}` : '';
        return `${part.key}: ${target(facts, fn, part.target)}${value}`;
      });
      return `<${parts.join(', ')}>`;
    }
    case 'other':
      return 'other';
  }
}

function variable(facts: FileFacts, fn: number, index: number): string {
  const { name, fn: owner } = facts.vars[index]!;
  let hops = 0;
  for (let at: number | undefined = fn; at !== undefined && at !== owner; at = facts.fns[at]!.parent) hops++;
  const twins = facts.vars.slice(0, index).filter((it) => it.name === name && it.fn === owner).length;
  return `${hops === 0 ? '$' : '^'.repeat(hops)}${name}${twins > 0 ? `'${twins + 1}` : ''}`;
}

function expr(facts: FileFacts, fn: number, it: Expr): string {
  const e = (value: Expr) => expr(facts, fn, value);
  const all = (list: readonly Expr[]) => list.map(e).join(', ');
  switch (it.k) {
    case 'lit':
      return JSON.stringify(it.value);
    case 'name':
      return it.var === undefined ? it.name : variable(facts, fn, it.var);
    case 'self':
      return it.cls === undefined ? 'self' : `self<${facts.classes[it.cls]!.name}>`;
    case 'super':
      return it.cls === undefined ? 'super' : `super<${facts.classes[it.cls]!.name}>`;
    case 'attr':
      return `${e(it.of)}.${it.name}`;
    case 'index':
      return `${e(it.of)}[${e(it.index)}]`;
    case 'call': {
      const args = it.args.map((arg) => {
        const mark = arg.spread === 'list' ? '*' : arg.spread === 'dict' ? '**' : arg.name ? `${arg.name}=` : '';
        return `${mark}${e(arg.value)}`;
      });
      return `${it.isNew ? 'new ' : ''}${e(it.callee)}(${args.join(', ')})`;
    }
    case 'await':
      return `(await ${e(it.value)})`;
    case 'yield':
      return it.value ? `(yield ${e(it.value)})` : '(yield)';
    case 'fn':
      return `(${signature(facts, it.fn).replace(/\bdef /, 'fn ')} { ${body(facts, it.fn, '')
        .map((line) => line.trim())
        .join('; ')} })`;
    case 'class':
      return `(${classLines(facts, fn, facts.classes[it.cls]!, '')
        .map((line) => line.trim())
        .join('; ')})`;
    case 'object': {
      const entries = it.entries.map(({ key, computed, value }) => {
        if (key !== undefined) return `${JSON.stringify(key)}: ${e(value)}`;
        return computed ? `[${e(computed)}]: ${e(value)}` : `...${e(value)}`;
      });
      return `{${entries.join(', ')}}`;
    }
    case 'list':
      return `[${all(it.items)}]`;
    case 'spread':
      return `...${e(it.value)}`;
    case 'either':
      return it.test ? `(${e(it.test)} ? ${it.of.map(e).join(' : ')})` : `(${it.of.map(e).join(' or ')})`;
    case 'and':
      return `(${e(it.left)} and ${e(it.right)})`;
    case 'not':
      return `(not ${e(it.value)})`;
    case 'binary':
      return `(${e(it.left)} ${it.op} ${e(it.right)})`;
    case 'assign':
      return `(${target(facts, fn, it.target)} ${it.op ?? ':'}= ${e(it.value)})`;
    case 'template':
      return `template(${[JSON.stringify(it.text), ...it.parts.map(e)].join(', ')})`;
    case 'comprehension': {
      const loops = it.loops.map(
        (loop) => ` ${loop.async ? 'forAwait' : 'for'} ${target(facts, fn, loop.target)} in ${e(loop.iter)}`,
      );
      const tests = it.tests.map((test) => ` if ${e(test)}`);
      return `${it.lazy ? 'lazy' : 'comp'}(${e(it.element)}${loops.join('')}${tests.join('')})`;
    }
    case 'module':
      return `module(${JSON.stringify(it.module)})`;
    case 'other':
      return `other(${all(it.parts)})`;
  }
}
