import type { DatabaseAddress } from './databases';

/** What a backend process is started with, as JSON in its environment. */
export interface BackendSettings {
  database: DatabaseAddress;
  scale: number;
  seed: number;
}

/** The environment variable that carries {@link BackendSettings}. */
export const SETTINGS_VARIABLE = 'FAWKES_BENCH_BACKEND';

/** What the benchmark asks of a backend process. */
export type Order =
  | { order: 'worker'; run: boolean }
  | { order: 'history'; commits: number; repository: string }
  | { order: 'gc' };

/** What a backend process says. */
export type Report =
  | { report: 'ready'; port: number }
  | { report: 'memory'; rss: number }
  | { report: 'done'; seconds: number }
  | { report: 'failed'; reason: string };
