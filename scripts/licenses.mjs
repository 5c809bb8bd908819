// @ts-check
/** The licences of the packages that a build has taken in, as one text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a package is made of but does not tell: the grammars' own notices, all under the parser's licence. */
const grammars = [
  { name: 'tree-sitter-python', copyright: 'Copyright (c) 2016 Max Brunsfeld' },
  { name: 'tree-sitter-typescript', copyright: 'Copyright (c) 2017 Max Brunsfeld' },
];

/** @param {readonly string[]} files paths of bundled files; those of packages count */
export function licenseTexts(files) {
  const folders = new Set(files.flatMap((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []));
  const packages = [...folders].map(licenseOf);
  const parser = packages.find(({ title }) => title.startsWith('web-tree-sitter '));
  const grammarTexts = grammars.map(({ name, copyright }) => ({
    title: `${name} (MIT)`,
    text: parser?.text.replace(/^Copyright.*$/m, copyright) ?? '',
  }));
  return [...packages, ...grammarTexts]
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n${'='.repeat(title.length)}\n\n${text.trim()}\n`)
    .join('\n\n');
}

/** @param {string} folder */
function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|thirdpartynotices)\b/i.test(file));
  if (files.length === 0) throw new Error(`The package ${name} carries no licence.`);
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}
