/** Hovers where no finding stands: over the error's class, the SDK's retries, retry layers, and models whose limits were measured. */
import * as vscode from 'vscode';
import { contains } from '../core/span.ts';
import { errorClassHover, modelHover, retriesHover } from '../render/symbol-hover.ts';
import { retryInNumbers } from '../rules/retry-numbers.ts';
import { sdks } from '../sdks/all.ts';
import { type RateLimitSymbol, symbolAt } from '../session/symbols.ts';
import { toLocation, toSpan } from './convert.ts';
import { tell } from './language.ts';
import { measureCommand } from './limits/measure.ts';
import type { LimitsStore } from './limits/store.ts';
import { selector } from './subject.ts';
import type { Watched } from './watch.ts';

const guideCommand = 'rateLimitGuide.openGuide';

export function symbolHovers(watched: Watched, limits: LimitsStore): vscode.Disposable {
  return vscode.languages.registerHoverProvider(selector, {
    async provideHover(document, position) {
      const seen = await watched.current(document);
      if (!seen) return undefined;
      const { text, verdicts, findings, uses } = seen.analysis;
      const at = toSpan(new vscode.Range(position, position), document.uri, seen);
      if (findings.some((finding) => contains(finding.at, at))) return undefined;
      const use = uses.find((one) => contains(one.at, at));
      if (use)
        return new vscode.Hover(new vscode.MarkdownString(tell(retryInNumbers(use))), toLocation(use.at, seen).range);
      const language = document.languageId === 'python' ? 'python' : 'typescript';
      const symbol = symbolAt({ text, verdicts, language }, sdks, at.start);
      const words = symbol && inWords(symbol, limits);
      if (words === undefined) return undefined;
      const markdown = new vscode.MarkdownString(words);
      markdown.isTrusted = { enabledCommands: [guideCommand, measureCommand] };
      return new vscode.Hover(markdown, toLocation(symbol!.at, seen).range);
    },
  });
}

function inWords(symbol: RateLimitSymbol, limits: LimitsStore): string | undefined {
  switch (symbol.k) {
    case 'error-class':
      return `${tell(errorClassHover(symbol.sdk, symbol.retries))}  \n[${vscode.l10n.t('Open the guide')}](command:${guideCommand})`;
    case 'retries':
      return tell(retriesHover(symbol.sdk, symbol.count));
    case 'model': {
      const measured = limits.all().find(({ model }) => model === symbol.name);
      const again = `command:${measureCommand}?${encodeURIComponent(JSON.stringify([symbol.name]))}`;
      return measured && modelHover(measured, Date.now(), again);
    }
  }
}
