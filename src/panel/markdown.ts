/** Draws simple Markdown: headings, paragraphs, lists, code, links. What else there is stays text. */
import { element } from './dom.ts';

export function markdown(text: string): readonly HTMLElement[] {
  const blocks: HTMLElement[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const take = (belongs: (line: string) => boolean): string[] => {
      const from = at;
      while (at < lines.length && belongs(lines[at]!)) at++;
      return lines.slice(from, at);
    };
    if (line.trim() === '') {
      at++;
    } else if (fence.test(line)) {
      at++;
      const code = take((one) => !fence.test(one)).join('\n');
      at++;
      blocks.push(element('pre', { tabindex: 0 }, element('code', {}, code)));
    } else if (item.test(line)) {
      const items = take((one) => item.test(one)).map((one) => element('li', {}, ...inline(one.replace(item, ''))));
      blocks.push(/^\s*\d/.test(line) ? element('ol', {}, ...items) : element('ul', {}, ...items));
    } else if (heading.test(line)) {
      at++;
      blocks.push(element('p', {}, element('strong', {}, ...inline(line.replace(heading, '')))));
    } else {
      const words = take((one) => one.trim() !== '' && ![fence, item, heading].some((other) => other.test(one)));
      blocks.push(element('p', {}, ...inline(words.join(' '))));
    }
  }
  return blocks;
}

const fence = /^ {0,3}(?:`{3,}|~{3,})/;
const item = /^\s*(?:[-*+]|\d+[.)])\s+/;
const heading = /^ {0,3}#{1,6}\s+/;

/** Code, links to the web and bold words; everything else as it stands. */
function inline(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let last = 0;
  for (const match of text.matchAll(/`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)|\*\*([^*]+)\*\*/g)) {
    const [whole, code, title, href, bold] = match;
    parts.push(text.slice(last, match.index));
    last = match.index + whole.length;
    if (code !== undefined) parts.push(element('code', {}, code));
    else if (title !== undefined) parts.push(element('a', { href: href! }, title));
    else parts.push(element('strong', {}, bold!));
  }
  return [...parts, text.slice(last)];
}
