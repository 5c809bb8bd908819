/** Programs of any length to measure with: ordinary modules, in which every fiftieth line or so has to do with a model. */

const pythonHead = `"""A service."""
import asyncio
import json
import logging
from dataclasses import dataclass, field
from openai import OpenAI, RateLimitError

client = OpenAI()
log = logging.getLogger(__name__)

`;

const pythonPart = (n: number) => `
@dataclass
class Order${n}:
    """What a customer has ordered."""

    name: str
    items: list[str] = field(default_factory=list)
    total: float = 0.0

    def add(self, item: str, price: float) -> None:
        if not item:
            raise ValueError("no item")
        self.items.append(item)
        self.total += price

    def describe(self, limit: int = ${n}) -> str:
        parts = []
        for index, item in enumerate(self.items):
            if index >= limit:
                break
            parts.append(f"{index}: {item.strip()!r}")
        return ", ".join(parts)


def load_orders_${n}(path: str) -> list[Order${n}]:
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    orders = []
    for row in rows:
        order = Order${n}(row["name"])
        for item, price in zip(row["items"], row["prices"]):
            order.add(item, price)
        orders.append(order)
    log.info("loaded %d orders", len(orders))
    return sorted(orders, key=lambda order: order.total, reverse=True)


def summarize_${n}(orders: list[Order${n}]) -> list[str]:
    texts = []
    for order in orders:
        answer = client.chat.completions.create(
            model="gpt-5",
            messages=[{"role": "user", "content": order.describe()}],
        )
        texts.append(answer.choices[0].message.content)
    return texts
`;

const tsxHead = `import OpenAI, { RateLimitError } from 'openai';
import { useEffect, useState } from 'react';

const client = new OpenAI();

`;

const tsxPart = (n: number) => `
export interface Order${n} {
  readonly name: string;
  readonly items: readonly string[];
  readonly total: number;
}

export class Orders${n} {
  #orders: Order${n}[] = [];

  add(order: Order${n}): void {
    if (order.items.length === 0) throw new Error('no item');
    this.#orders = [...this.#orders, order].sort((a, b) => b.total - a.total);
  }

  describe(limit = ${n}): string {
    const parts: string[] = [];
    for (const [index, { name, items }] of this.#orders.entries()) {
      if (index >= limit) break;
      parts.push(\`\${name}: \${items.map((item) => item.trim()).join(', ')}\`);
    }
    return parts.join('; ');
  }
}

export async function loadOrders${n}(url: string): Promise<Orders${n}> {
  const answer = await fetch(url);
  const orders = new Orders${n}();
  if (!answer.ok) return orders;
  const rows = (await answer.json()) as Order${n}[];
  for (const row of rows) orders.add({ ...row, total: row.total ?? 0 });
  return orders;
}

export function Summary${n}({ orders }: { orders: Orders${n} }) {
  const [text, setText] = useState('');
  useEffect(() => {
    const load = async () => {
      const answer = await client.chat.completions.create({
        model: 'gpt-5',
        messages: [{ role: 'user', content: orders.describe() }],
      });
      setText(answer.choices[0]?.message.content ?? '');
    };
    void load();
  }, [orders]);
  return <p className="summary">{text === '' ? <i>none</i> : text}</p>;
}
`;

export function programOf(language: 'python' | 'tsx', lines: number): string {
  const [head, part] = language === 'python' ? [pythonHead, pythonPart] : [tsxHead, tsxPart];
  let text = head;
  for (let n = 0, count = countLines(head); count < lines; n++) {
    const next = part(n);
    text += next;
    count += countLines(next);
  }
  return `${text.split('\n').slice(0, lines).join('\n')}\n`;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
