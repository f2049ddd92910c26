import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootHealthService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** How long an answer about readiness is remembered, in ms. */
const REMEMBERED_MS = 1_000;
/** How long a check may take before it counts as failed, in ms. */
const PATIENCE_MS = 2_000;

/** Throws, or takes too long, when something is away. @public */
export type ReadinessCheck = () => Promise<unknown>;

/**
 * What plugins need to be of use. Asked by the health check of the portal and by
 * routes that cannot tell a bad token from a missing database.
 * @public
 */
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();
  #last: { at: number; away: Promise<string[]> } | undefined;

  /**
   * Adds what a plugin needs to be of use.
   *
   * @param name - what people read when it is away: `the database of delivery`
   */
  add(name: string, check: ReadinessCheck): void {
    this.#checks.set(name, check);
    this.#last = undefined;
  }

  /** Names of what is away; empty when everything is there. */
  away(now: number = Date.now()): Promise<string[]> {
    if (!this.#last || now - this.#last.at > REMEMBERED_MS) {
      this.#last = { at: now, away: this.#ask() };
    }
    return this.#last.away;
  }

  async #ask(): Promise<string[]> {
    const results = await Promise.all(
      [...this.#checks].map(async ([name, check]) =>
        (await holds(check)) ? undefined : name,
      ),
    );
    return results.filter(name => name !== undefined);
  }
}

async function holds(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>(resolve => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  const answer = Promise.resolve()
    .then(check)
    .then(
      () => true,
      () => false,
    );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a database answers. @public */
export function databaseAnswers(db: Knex): ReadinessCheck {
  return async () => db.raw('select 1');
}

/**
 * The {@link Readiness} all plugins of a backend share.
 * @public
 */
export const readinessServiceRef = createServiceRef<Readiness>({
  id: 'fawkes.readiness',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => new Readiness(),
    }),
});

/**
 * Makes `/.backstage/health/v1/readiness` say 503 while something a plugin needs
 * is away, so that a load balancer sends requests elsewhere. A portal adds it to
 * its backend; without it, routes still answer 503 on their own.
 * @public
 */
export const readinessHealthFactory = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    lifecycle: coreServices.rootLifecycle,
    readiness: readinessServiceRef,
  },
  factory({ lifecycle, readiness }): RootHealthService {
    let state: 'starting' | 'up' | 'stopping' = 'starting';
    lifecycle.addStartupHook(() => {
      state = 'up';
    });
    lifecycle.addBeforeShutdownHook(() => {
      state = 'stopping';
    });
    return {
      getLiveness: async () => ({ status: 200, payload: { status: 'ok' } }),
      getReadiness: async () => {
        if (state !== 'up') return notReady(`The backend is ${state}`);
        const away = await readiness.away();
        return away.length > 0
          ? notReady(`Away: ${away.join(', ')}`)
          : { status: 200, payload: { status: 'ok' } };
      },
    };
  },
});

function notReady(message: string) {
  return { status: 503, payload: { status: 'error', message } };
}
