/** What VS Code loads to run the tests inside the extension host. */
import './dependents.ts';
import './fixtures.ts';
import './notebook.ts';
import './settings.ts';
import './tools.ts';
import { runTests } from './suite.ts';

export const run = runTests;
