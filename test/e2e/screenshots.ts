/** The README's pictures: the hover and the light bulb on the sample's loop, light and dark. */
import { join } from 'node:path';
import { root } from '../../scripts/setup.mjs';
import { launch } from './vscode.ts';
import { Workbench } from './workbench.ts';

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

/** Writes `media/screenshot-<scene>-<theme>.png`; gives the files. */
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
      const workbench = await Workbench.open(code);
      const take = async (scene: string) => {
        const file = join(root, `media/screenshot-${scene}-${name}.png`);
        await code.page.screenshot({ path: file });
        files.push(file);
      };
      await workbench.openFile('loop.py');
      await workbench.squiggles('warning', 1);
      await workbench.hover('completions', 'Prevent.');
      await take('hover');
      await workbench.lightBulb('completions');
      await take('fix');
    } finally {
      await code.close();
    }
  }
  return files;
}
