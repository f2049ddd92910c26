/** From a form to a healthy service, step by step, and how soon the API answers, as one table. See README.md. */
import { runBenchmark } from './lib/main';
import { benchmark } from './provisioning/options';
import { run } from './provisioning/run';

runBenchmark(benchmark, run);
