/** Which files are looked at when nobody named them. Paths are relative and use `/`. */
import ignore from 'ignore';

/** Folders that hold tests and mocks, and files that are some by their name, in the ecosystems' own conventions. */
const testFolder =
  /^(?:tests?|__tests__|__mocks__|\.?mocks|e2e|cypress|playwright|(?:unit|integration|functional|acceptance|system|smoke|regression|e2e)[_-]tests?)$/;
const testFile =
  /^(?:test_.*\.pyi?|.*_test\.pyi?|conftest\.py|.*[.-](?:test|spec|test-d|spec-d|e2e-spec|mock)\.[cm]?[jt]sx?)$/;

/** Whether a file or folder is, or stands among, tests and mocks. */
export function isTest(path: string): boolean {
  const parts = path.split('/');
  return parts.some((part) => testFolder.test(part)) || testFile.test(parts.at(-1)!);
}

/** What `exclude` leaves out: patterns in the manner of `.gitignore`; a folder's path ends with `/`. */
export function excluded(patterns: readonly string[]): (path: string) => boolean {
  const matcher = ignore({ ignorecase: false, allowRelativePaths: true }).add([...patterns]);
  return (path) => path !== '' && matcher.ignores(path);
}

/** Files that say which packages are in use, and how code is laid out. */
export function isManifest(path: string): boolean {
  return /\/(package(-lock)?\.json|requirements[^/]*\.txt|pyproject\.toml|uv\.lock|poetry\.lock|Pipfile(\.lock)?|yarn\.lock|pnpm-lock\.yaml|\.editorconfig|\.?ruff\.toml|\.pre-commit-config\.yaml|\.prettierrc[^/]*|prettier\.config\.[cm]?js|biome\.jsonc?)$/.test(
    path,
  );
}
