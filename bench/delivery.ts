/** Scale and speed of the delivery plugin, as one table. See README.md. */
import { benchmark } from './delivery/options';
import { run } from './delivery/run';
import { runBenchmark } from './lib/main';

runBenchmark(benchmark, run);
