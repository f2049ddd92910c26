import { DEFAULT_LIMITS } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import type { LocalHostAsks } from '../effects/localHost';
import type { DbServiceRows } from './rows';
import { say } from './words';

/** Most names that are listed. */
const MOST_NAMED = 10;

/**
 * How many services run at a time. Whoever is let in counts from that moment, not
 * only once it is written down that it starts.
 */
export class Running {
  private readonly coming = new Map<string, number>();

  constructor(
    private readonly services: Pick<DbServiceRows, 'up'>,
    private readonly asks: Pick<LocalHostAsks, 'requestOf'>,
    private readonly limit: number = DEFAULT_LIMITS.running,
  ) {}

  /**
   * Does what starts a service, where there is room for it or it runs already.
   *
   * @param refuse - is called with the reason where there is none
   */
  async admit<T>(
    requestId: string,
    work: () => Promise<T>,
    refuse: (reason: Said) => T,
  ): Promise<T> {
    const up = await this.services.up();
    // From here to the next line nobody else comes in between.
    const taken = new Set([...up, ...this.coming.keys()]);
    if (!taken.has(requestId) && taken.size >= this.limit) {
      return refuse(await this.full([...taken]));
    }
    this.coming.set(requestId, (this.coming.get(requestId) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = this.coming.get(requestId)! - 1;
      if (left > 0) this.coming.set(requestId, left);
      else this.coming.delete(requestId);
    }
  }

  private async full(taken: readonly string[]): Promise<Said> {
    const held = await Promise.all(
      taken.slice(0, MOST_NAMED).map(id => this.asks.requestOf(id)),
    );
    const holders = held
      .flatMap(request =>
        request ? [`${request.name} (${request.owner})`] : [],
      )
      .join(', ');
    return say('deploy.running_full', {
      used: taken.length,
      limit: this.limit,
      holders,
    });
  }
}
