import type { MetricsResponse } from '@fawkes/backstage-plugin-delivery-common';
import type { DeliveryProcess } from '../protocol';

/** Answers asked before those that are measured. */
export const WARM_UP = 10;

/** The windows of the targets: whole days until the end of today. */
export const DAYS_90 = { from: '2026-04-02', to: '2026-07-01' };
export const DAYS_365 = { from: '2025-07-01', to: '2026-07-01' };

/** Asks for metrics over HTTP, as a screen does. */
export async function askMetrics(
  backend: DeliveryProcess,
  query: Record<string, string>,
): Promise<MetricsResponse> {
  const response = await fetch(
    `${backend.url}/metrics?${new URLSearchParams(query)}`,
  );
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Milliseconds from question to parsed answer, `n` times. */
export async function timeViews(
  backend: DeliveryProcess,
  n: number,
  query: () => Record<string, string>,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = -WARM_UP; i < n; i++) {
    const asked = query();
    const from = performance.now();
    await askMetrics(backend, asked);
    if (i >= 0) times.push(performance.now() - from);
  }
  return times;
}
