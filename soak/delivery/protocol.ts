import type { Address } from './databases';

/** Tells a child what to open. */
export const ADDRESS_VARIABLE = 'FAWKES_SOAK_ADDRESS';

/** What the soak asks of a child. */
export type Order =
  | { order: 'tell'; batch: number; events: object[] }
  /** Work until nothing waits. */
  | { order: 'settle' };

/** What a child answers; a `told` promises that the batch is durable. */
export type Report =
  | { report: 'ready' }
  | { report: 'told'; batch: number; accepted: number; rejected: number }
  | { report: 'settled' }
  | { report: 'failed'; error: string };

/** The address a child was started with. */
export function readAddress(): Address {
  return JSON.parse(process.env[ADDRESS_VARIABLE] ?? '{}');
}
