/** Which version a range stands for, in the syntaxes of npm, PEP 440, Poetry and conda, which agree on what matters here. */

const comparator =
  /(?:(\^|~>|~=|~|===|==|=|>=|<=|>|<|!=)\s*|(?<![\w.]))v?(\d+)((?:\.\d+)*)(?:\.[xX*])*([-+.]?[a-zA-Z][\w.+-]*)?/g;

/** The lowest version of the range, where all its versions have one major; else undefined: `>=1` may be any. */
export function versionOfRange(range: string): string | undefined {
  const plain = range.replace(/^npm:@?[^@]+@|^workspace:/, '');
  // What is left with a colon is an address: of a folder, an archive, a repository.
  if (plain.includes(':')) return undefined;
  const lows = plain.split('||').map(lowestOf);
  const [first] = lows;
  if (first === undefined || lows.some((low) => low === undefined || majorOf(low) !== majorOf(first))) return undefined;
  return lows.toSorted((a, b) => a!.localeCompare(b!, 'en', { numeric: true }))[0];
}

export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** The lowest version of a range without alternatives, where its lowest and highest have the same major. */
function lowestOf(range: string): string | undefined {
  let low: string | undefined;
  let highMajor = Number.POSITIVE_INFINITY;
  // `1.2 - 1.9` is npm's way of writing `>=1.2 <=1.9`.
  const text = range.replace(/^\s*(\S+)\s+-\s+(\S+)\s*$/, '>=$1 <=$2');
  for (const [, operator = '=', major = '', rest = '', suffix = ''] of text.matchAll(comparator)) {
    const at = Number(major);
    if (operator === '!=') continue;
    if (operator === '<') {
      highMajor = Math.min(highMajor, /[1-9]/.test(rest) ? at : at - 1);
    } else if (operator === '<=') {
      highMajor = Math.min(highMajor, at);
    } else {
      if (low === undefined || at > majorOf(low)) low = `${major}${rest}${suffix}`;
      if (operator !== '>' && operator !== '>=') highMajor = Math.min(highMajor, at);
    }
  }
  const lowest = low ?? '0';
  return majorOf(lowest) === highMajor ? lowest : undefined;
}
