/** The command line's entry: reads the arguments, runs the command, sets the exit code. */
import process from 'node:process';
import { run } from './arguments.ts';
import { endWithReader, tell } from './terminal.ts';

endWithReader();
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  tell(`rate-limit-guide: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 2;
}
