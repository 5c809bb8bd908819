/** Loaded before a program: measures how long its event loop stood still, and says so at the end. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

const delays = monitorEventLoopDelay({ resolution: 10 });
delays.enable();
process.on('exit', () => process.stderr.write(`\nevent loop blocked for ${(delays.max / 1e9).toFixed(3)} seconds\n`));
