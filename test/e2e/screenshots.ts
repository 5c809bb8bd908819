/** The pictures of README and walkthrough, taken of the sample, light and dark. */
import { join } from 'node:path';
import { root } from '../../scripts/setup.mjs';
import { launch, type VSCode } from './vscode.ts';
import { Workbench } from './workbench.ts';

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

/** The editor with the status bar, without what stands to its left. */
const editor = { x: 270, y: 0, width: 850, height: 680 };

/** Writes `media/screenshot-<scene>-<theme>.png` and `media/walkthrough-<step>-<theme>.png`; gives the files. */
export async function takeScreenshots(): Promise<readonly string[]> {
  const files: string[] = [];
  for (const [name, theme] of Object.entries(themes)) {
    const code = await launch({
      copy: join(root, 'test/sample'),
      window: { width: 1120, height: 680, scale: 1.5 },
      settings: {
        'workbench.colorTheme': theme,
        'window.autoDetectColorScheme': false,
        'editor.minimap.enabled': false,
        'editor.fontSize': 12,
        'editor.cursorBlinking': 'solid',
      },
    });
    try {
      const file = (picture: string) => {
        files.push(join(root, `media/${picture}-${name}.png`));
        return files.at(-1)!;
      };
      await walk(code, {
        readme: async (scene) => void (await code.page.screenshot({ path: file(`screenshot-${scene}`) })),
        // One pixel for each of the page's: small enough to be packed.
        step: async (step, clip) =>
          void (await code.page.screenshot({ path: file(`walkthrough-${step}`), scale: 'css', clip })),
      });
    } finally {
      await code.close();
    }
  }
  return files;
}

interface Camera {
  readme(scene: string): Promise<void>;
  step(step: string, clip: typeof editor): Promise<void>;
}

async function walk(code: VSCode, take: Camera): Promise<void> {
  const workbench = await Workbench.open(code);
  await workbench.openFile('loop.py');
  await workbench.squiggles('warning', 1);
  await workbench.status('1 unprotected');
  await take.step('find', editor);
  await workbench.hover('completions', 'Prevent.');
  await take.readme('hover');
  await take.step('understand', editor);
  await workbench.lightBulb('completions');
  await take.readme('fix');
  await take.step('repair', editor);
  await code.page.keyboard.press('Escape');
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.command('Rate Limit Guide: Open Guide');
  // A tooltip of the editor would stand over the page.
  await code.page.mouse.move(200, 480);
  await code.page.mouse.move(300, 500, { steps: 5 });
  await code.page.locator('.workbench-hover-container').waitFor({ state: 'hidden' });
  const page = code.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await page.getByRole('combobox', { name: 'Policy' }).selectOption('both');
  await page
    .locator('#simulator .result')
    .evaluate((run) => run.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await take.step('guide', { x: 50, y: 0, width: 1070, height: 680 });
  await workbench.command('Preferences: Open Settings (UI)');
  const search = code.page.locator('.settings-header .monaco-editor').first();
  await search.click();
  await code.page.keyboard.insertText('@ext:rate-limit-guide.rate-limit-guide');
  await code.page.locator('.setting-item-category', { hasText: 'Rate Limit Guide' }).first().waitFor();
  // The list of what else could be searched for stands over the settings.
  await code.page.keyboard.press('Escape');
  await code.page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
  await take.step('team', { x: 110, y: 80, width: 900, height: 520 });
}
