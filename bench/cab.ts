/** How fast the gate answers and the record grows, as one table. See README.md. */
import { benchmark } from './cab/options';
import { run } from './cab/run';
import { runBenchmark } from './lib/main';

runBenchmark(benchmark, run);
