import { performance } from 'node:perf_hooks';
import { LeaseLostError, type Lease, type Leases } from './leases';

/** How often a lease is renewed: four times in its life. */
const RENEWALS = 4;
/** What is left of a lease when calls are no longer begun, as a part of its life. */
const MARGIN = 0.1;

/** The clock that no one sets: it goes on, also over a sleep of the machine. */
export const monotonic = () => performance.now();

/**
 * A lease that renews itself until it is let go or lost. Whether a call to
 * something that knows no tokens may begin is decided by this process' own
 * monotonic clock: who slept past the end of the lease has no answer of the
 * database to wait for.
 */
export class HeldLease {
  readonly #ended = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #safeUntil: number;

  private constructor(
    readonly lease: Lease,
    private readonly leases: Leases,
    takenAt: number,
    private readonly clock: () => number,
  ) {
    this.#safeUntil = this.#end(takenAt);
    this.#timer = this.#next();
  }

  /** Takes a lease and keeps it; undefined while somebody else has it. */
  static async take(
    leases: Leases,
    name: string,
    clock: () => number = monotonic,
  ): Promise<HeldLease | undefined> {
    // Before the question: the lease is never longer than this process thinks.
    const asked = clock();
    const lease = await leases.take(name);
    return lease && new HeldLease(lease, leases, asked, clock);
  }

  /** Aborts when the lease is lost or let go. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /**
   * To be asked right before a call.
   *
   * @throws LeaseLostError when the lease may have run out
   */
  check(): void {
    if (this.#ended.signal.aborted || this.clock() >= this.#safeUntil) {
      throw new LeaseLostError(this.lease);
    }
  }

  /** How long calls may still take, ms. */
  left(): number {
    return Math.max(0, this.#safeUntil - this.clock());
  }

  /** Lets go of it; anybody may take it at once. */
  async release(): Promise<void> {
    this.abandon();
    await this.leases.release(this.lease);
  }

  /** Stops renewing, and tells nobody: as if this process had died. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.#ended.abort(new LeaseLostError(this.lease));
  }

  /** Holds it for another while. */
  async renew(): Promise<void> {
    const asked = this.clock();
    const held = await this.leases.renew(this.lease);
    if (this.#ended.signal.aborted) return;
    if (held) this.#safeUntil = this.#end(asked);
    else this.abandon();
  }

  #end(from: number): number {
    return from + this.leases.ttlMs * (1 - MARGIN);
  }

  #next(): NodeJS.Timeout {
    const timer = setTimeout(async () => {
      // A database that is away is asked again; the lease ends by itself.
      await this.renew().catch(() => undefined);
      if (this.#ended.signal.aborted) return;
      if (this.left() === 0) this.abandon();
      else this.#timer = this.#next();
    }, this.leases.ttlMs / RENEWALS);
    timer.unref();
    return timer;
  }
}
