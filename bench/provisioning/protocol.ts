import { join } from 'node:path';
import { BackendProcess } from '../lib/backendProcess';
import type { DatabaseAddress } from '../lib/databases';

/** What a backend process is started with. */
export interface BackendSettings {
  database: DatabaseAddress;
  /** Of repositories, builds and services. */
  directory: string;
  /** Folder of the template. */
  template: string;
}

export type ProvisioningProcess = BackendProcess<never>;

/** Starts a provisioning backend of its own and waits until it has come to rest. */
export function startBackend(
  settings: BackendSettings,
): Promise<ProvisioningProcess> {
  return BackendProcess.start<never>(join(__dirname, 'backend'), settings);
}
