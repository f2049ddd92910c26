import { loadavg } from 'node:os';

/** One row of the report. */
export interface Figure {
  what: string;
  target: string;
  measured: string;
  verdict: string;
}

/** Percentile at rank p·(n − 1), linear. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = p * (sorted.length - 1);
  const below = Math.floor(rank);
  const low = sorted[below];
  return low + (rank - below) * ((sorted[below + 1] ?? low) - low);
}

/** `p50 12 ms · p95 31 ms · max 40 ms (n 100)` */
export function spread(milliseconds: readonly number[]): string {
  const parts = [
    ['p50', percentile(milliseconds, 0.5)],
    ['p95', percentile(milliseconds, 0.95)],
    ['max', Math.max(...milliseconds)],
  ] as const;
  const texts = parts.map(([name, value]) => `${name} ${duration(value)}`);
  return `${texts.join(' · ')} (n ${milliseconds.length})`;
}

/** Milliseconds as people read them. */
export function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 10_000) return `${Math.round(ms)} ms`;
  return ms < 600_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${(ms / 60_000).toFixed(1)} min`;
}

export function amount(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** What a figure that has to stay below something comes to, in words. */
export function below(value: number, target: number): string {
  return value < target
    ? `meets it: ${times(target / value)} of room`
    : `misses it by ${times(value / target)}`;
}

/** What a figure that has to reach something comes to, in words. */
export function atLeast(value: number, target: number): string {
  return value >= target
    ? `meets it ${times(value / target)} over`
    : `misses it: ${Math.round((100 * value) / target)} % of it`;
}

export const NO_TARGET = 'for orientation';

/** How busy the machine is with everything, ours included. */
export function load(): number {
  return loadavg()[0];
}

function times(factor: number): string {
  return `${factor.toFixed(factor < 10 ? 1 : 0)}×`;
}
