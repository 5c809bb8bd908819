import * as vscode from 'vscode';
import { test } from './suite.ts';

test('fine', async () => {
  if (!vscode.extensions.getExtension('rate-limit-guide.rate-limit-guide')) throw new Error('not there');
});
test('bad', async () => {
  throw new Error('no');
});
