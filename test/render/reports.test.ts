/** The report formats over one report, and the escapes that each of them needs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineMap } from '../../src/core/span.ts';
import { say } from '../../src/core/words.ts';
import { ansiPaint, noPaint } from '../../src/render/paint.ts';
import { type Report, type ReportedFinding, reported } from '../../src/render/report.ts';
import { reportGithub } from '../../src/render/report-github.ts';
import { reportJson } from '../../src/render/report-json.ts';
import { type RuleWords, reportSarif } from '../../src/render/report-sarif.ts';
import { reportText } from '../../src/render/report-text.ts';

const range = { start: { line: 9, column: 16 }, end: { line: 9, column: 46 } };
const finding: ReportedFinding = {
  path: 'src/a.py',
  rule: 'unprotected-call',
  severity: 'warning',
  message: 'A 429 ends this call.',
  range,
  fixes: ['backoff', 'sdk-retries'],
  repairs: [],
  related: [],
  lineText: 'x = client.responses.create()',
};
const report: Report = {
  files: 12,
  findings: [
    finding,
    { ...finding, path: 'src/b.ts', severity: 'information', message: 'Two\nlines: 100 %, done', fixes: [] },
  ],
  problems: [{ path: 'src/c.py', message: 'not analysed: a binary file' }],
};
const rule: RuleWords = {
  id: 'unprotected-call',
  summary: 'S.',
  why: 'W.',
  detect: 'D.',
  prevent: 'P.',
  severity: 'warning',
};

test('a finding is reported from 1, in UTF-16 units, with its line', () => {
  const text = '\uFEFFa = 1\r\n  s = "💥"; b = client.x()  \r\n';
  const at = { start: text.indexOf('client'), end: text.indexOf('()') };
  const related = [{ at: { start: 1, end: 2 }, message: say('here') }];
  const result = reported(
    'a.py',
    { text, lines: lineMap(text) },
    { rule: 'r', severity: 'hint', at, message: say('m'), related, repairs: [] },
    [],
  );
  assert.deepEqual(result.range, { start: { line: 2, column: 17 }, end: { line: 2, column: 25 } });
  assert.deepEqual(result.related[0]?.range, { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } });
  assert.equal(result.lineText, 's = "💥"; b = client.x()');
});

test('JSON is the one object that is promised', () => {
  assert.deepEqual(JSON.parse(reportJson(report)), {
    version: 1,
    files: 12,
    findings: [
      {
        path: 'src/a.py',
        rule: 'unprotected-call',
        severity: 'warning',
        message: 'A 429 ends this call.',
        range,
        fixes: ['backoff', 'sdk-retries'],
      },
      {
        path: 'src/b.ts',
        rule: 'unprotected-call',
        severity: 'information',
        message: 'Two\nlines: 100 %, done',
        range,
        fixes: [],
      },
    ],
    problems: [{ path: 'src/c.py', message: 'not analysed: a binary file' }],
  });
});

test('text has one line a place and sums up', () => {
  assert.equal(
    reportText(report, noPaint),
    `src/a.py:9:16: warning: A 429 ends this call. [unprotected-call]

src/b.ts:9:16: information: Two lines: 100 %, done [unprotected-call]

2 findings in 2 files: 1 warning, 1 information (12 files looked at, 1 problem).
`,
  );
  assert.equal(reportText({ files: 1, findings: [], problems: [] }, noPaint), 'No findings (1 file looked at).\n');
});

test('text tells the gravest finding of a place first, and the others below it', () => {
  const at = (line: number) => ({ start: { line, column: 5 }, end: { line, column: 15 } });
  const found = (severity: ReportedFinding['severity'], rule: string, line: number): ReportedFinding => ({
    ...finding,
    severity,
    rule,
    message: `About ${rule}.`,
    range: at(line),
  });
  const findings = [
    found('hint', 'retried-quota', 3),
    found('warning', 'unbounded-retry', 3),
    found('information', 'stacked-retries', 3),
    found('warning', 'dropped-request', 5),
  ];
  assert.equal(
    reportText({ files: 1, findings, problems: [] }, noPaint),
    `src/a.py:3:5: warning: About unbounded-retry. [unbounded-retry]
  information: About stacked-retries. [stacked-retries]
  hint: About retried-quota. [retried-quota]
src/a.py:5:5: warning: About dropped-request. [dropped-request]

4 findings in 1 file: 2 warnings, 1 information, 1 hint (1 file looked at).
`,
  );
});

test('notes stand with their file', () => {
  const notes = new Map([
    ['src/a.py', ['src/a.py:20:1: silent: x']],
    ['src/z.py', ['src/z.py:1:1: silent: y']],
    ['', []],
  ]);
  const text = reportText({ ...report, findings: [finding] }, noPaint, notes);
  assert.deepEqual(text.split('\n').slice(0, 4), [
    'src/a.py:9:16: warning: A 429 ends this call. [unprotected-call]',
    'src/a.py:20:1: silent: x',
    '',
    'src/z.py:1:1: silent: y',
  ]);
});

test('colours change nothing but colours', () => {
  const painted = reportText(report, ansiPaint);
  assert.ok(painted.includes('\u001b[33mwarning'));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is taken out.
  assert.equal(painted.replace(/\u001b\[\d+m/g, ''), reportText(report, noPaint));
});

test('GitHub’s commands are escaped', () => {
  const odd: ReportedFinding = { ...finding, path: 'a,b:c%.py', severity: 'hint' };
  const spread = { ...finding, range: { ...range, end: { line: 10, column: 2 } } };
  assert.equal(
    reportGithub({ ...report, findings: [...report.findings, odd, spread] }),
    `::warning file=src/a.py,line=9,endLine=9,col=16,endColumn=46,title=unprotected-call::A 429 ends this call.
::notice file=src/b.ts,line=9,endLine=9,col=16,endColumn=46,title=unprotected-call::Two%0Alines: 100 %25, done
::notice file=a%2Cb%3Ac%25.py,line=9,endLine=9,col=16,endColumn=46,title=unprotected-call::A 429 ends this call.
::warning file=src/a.py,line=9,endLine=10,title=unprotected-call::A 429 ends this call.
::warning file=src/c.py,title=problem::not analysed: a binary file
`,
  );
});

const sarif = (of: Report) => JSON.parse(reportSarif(of, { version: '1.2.3', rules: [rule], complete: false }));

test('SARIF has rules, places, levels and the run’s problems', () => {
  const log = sarif({
    ...report,
    findings: [{ ...finding, related: [{ range, message: 'loop' }] }, report.findings[1]!],
  });
  assert.equal(log.version, '2.1.0');
  const [run] = log.runs;
  assert.equal(run.columnKind, 'utf16CodeUnits');
  assert.equal(run.tool.driver.version, '1.2.3');
  assert.deepEqual(run.tool.driver.rules[0].name, 'UnprotectedCall');
  assert.deepEqual(run.tool.driver.rules[0].defaultConfiguration, { level: 'warning' });
  assert.deepEqual(
    run.results.map(({ level, ruleIndex }: { level: string; ruleIndex: number }) => [level, ruleIndex]),
    [
      ['warning', 0],
      ['note', 0],
    ],
  );
  assert.deepEqual(run.results[0].locations[0].physicalLocation, {
    artifactLocation: { uri: 'src/a.py', uriBaseId: '%SRCROOT%' },
    region: { startLine: 9, startColumn: 16, endLine: 9, endColumn: 46 },
  });
  assert.equal(run.results[0].relatedLocations[0].message.text, 'loop');
  assert.equal(run.invocations[0].executionSuccessful, false);
  assert.equal(run.invocations[0].toolExecutionNotifications[0].message.text, 'not analysed: a binary file');
});

test('SARIF addresses are URIs', () => {
  const uri = (path: string) =>
    sarif({ ...report, findings: [{ ...finding, path }] }).runs[0].results[0].locations[0].physicalLocation
      .artifactLocation.uri;
  assert.equal(uri('src/a b/ü#.py'), 'src/a%20b/%C3%BC%23.py');
  assert.equal(uri('/tmp/a b.py'), 'file:///tmp/a%20b.py');
  assert.equal(uri('C:/x y/a.py'), 'file:///C:/x%20y/a.py');
});

test('a finding keeps its fingerprint when its line moves, and twins have two', () => {
  const print = (of: readonly ReportedFinding[]) =>
    sarif({ ...report, findings: of }).runs[0].results.map(
      ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
        partialFingerprints['rateLimitGuide/v1'],
    );
  const moved = { ...finding, range: { start: { line: 30, column: 2 }, end: { line: 30, column: 9 } } };
  assert.deepEqual(print([finding]), print([moved]));
  const [first, second] = print([finding, moved]);
  assert.notEqual(first, second);
  assert.match(first, /^[0-9a-f]{16}:1$/);
  assert.notDeepEqual(print([finding]), print([{ ...finding, lineText: 'y' }]));
});
