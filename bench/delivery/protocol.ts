import { join } from 'node:path';
import { BackendProcess } from '../lib/backendProcess';
import type { DatabaseAddress } from '../lib/databases';

/** What a backend process is started with. */
export interface BackendSettings {
  database: DatabaseAddress;
  scale: number;
  seed: number;
}

/** What the benchmark asks of a backend process. */
export type Order =
  | { order: 'worker'; run: boolean }
  | { order: 'history'; commits: number; repository: string };

export type DeliveryProcess = BackendProcess<Order>;

/** Starts a delivery backend of its own and waits until it has come to rest. */
export function startBackend(
  settings: BackendSettings,
): Promise<DeliveryProcess> {
  return BackendProcess.start<Order>(join(__dirname, 'backend'), settings);
}
