/** What a class body says, as fields of the class. */
import type { Expr, Stmt, Target } from '../../core/facts.ts';
import type { Field, Reading } from './place.ts';

/**
 * Every assignment to a name is a field. Whatever else the body evaluates (a call, a condition) is kept as the value of
 * a field without a name.
 */
export function fieldsOf(stmts: readonly Stmt[], { vars, classes }: Reading): Field[] {
  const fields: Field[] = [];
  const keep = (...values: readonly (Expr | undefined)[]) => {
    for (const value of values) if (value && value.k !== 'lit') fields.push({ name: '', at: value.at, value });
  };
  const bind = (target: Target | undefined, value?: Expr) => {
    if (target?.k === 'var') {
      const { name, type } = vars[target.var]!;
      fields.push({ name, at: target.at, ...(value && { value }), ...(type && { type }) });
      return;
    }
    if (target?.k === 'attr' || target?.k === 'index') keep(target.of);
    if (target?.k === 'index') keep(target.index);
    if (target?.k === 'pattern') for (const part of target.parts) bind(part.target);
    keep(value);
  };
  const visit = (list: readonly Stmt[]): void => {
    for (const it of list) {
      switch (it.k) {
        case 'expr':
        case 'return':
        case 'raise':
          keep(it.value);
          break;
        case 'assign':
          bind(it.target, it.value);
          break;
        case 'class':
          fields.push({ name: classes[it.cls]!.name, at: it.at, value: { k: 'class', at: it.at, cls: it.cls } });
          break;
        case 'if':
          keep(it.test);
          visit(it.then);
          visit(it.else);
          break;
        case 'loop':
          bind(it.target);
          keep(it.iter, it.test);
          visit(it.body);
          visit(it.orElse);
          break;
        case 'try':
          visit(it.body);
          for (const handler of it.handlers) {
            keep(...(handler.catches ?? []));
            visit(handler.body);
          }
          visit(it.orElse);
          visit(it.final);
          break;
        case 'with':
          for (const item of it.items) {
            bind(item.target);
            keep(item.value);
          }
          visit(it.body);
          break;
        case 'switch':
          keep(it.subject);
          for (const body of it.cases) visit(body);
          break;
        case 'block':
          visit(it.body);
          break;
      }
    }
  };
  visit(stmts);
  return fields;
}
