import type { LoggerService } from '@backstage/backend-plugin-api';
import type { LocalHost } from '../effects/localHost';
import { HeldLease, type Leases } from '../leases';

/** The lease of whatever runs on a computer of the portal. */
export const LOCAL_HOST_LEASE = 'local-host';

/**
 * Takes the lease `local-host` whenever it is free: of several replicas one runs
 * what is local, and the others show it.
 */
export class LocalHolder {
  #lease: HeldLease | undefined;
  #closed = false;

  constructor(
    private readonly host: LocalHost,
    private readonly leases: Leases,
    private readonly logger: LoggerService,
  ) {}

  /** The lease, while it is held and everything of an earlier holder is swept. */
  lease(): HeldLease | undefined {
    return this.#lease && !this.#lease.signal.aborted ? this.#lease : undefined;
  }

  /** Takes the lease if it is free; a step of a worker, that answers how much it did. */
  readonly take = async (): Promise<number> => {
    if (this.#closed || this.lease()) return 0;
    const lease = await HeldLease.take(this.leases, LOCAL_HOST_LEASE);
    if (!lease) return 0;
    try {
      await this.host.hold?.(lease.signal);
      if (this.#closed) throw new Error('The portal stops');
    } catch (error) {
      await lease.release();
      throw error;
    }
    this.#lease = lease;
    this.logger.info('Local services are run by this replica');
    return 1;
  };

  /** Gives the lease back, once nothing local is running here. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.host.close();
    await this.lease()?.release();
  }
}
