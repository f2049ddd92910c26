import type { ObservedFacts } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** A plan that was given out, as far as its digest goes. */
export interface GivenPlan {
  specDigest: string;
  facts: ObservedFacts;
}

const MOST = 1_000;

/**
 * The plans this process gave out last, to say what changed when one of them is
 * no longer so. A plan changes no table; what is forgotten here only says less.
 */
export class PlanMemory {
  readonly #plans = new Map<string, GivenPlan>();

  /** Remembers a plan by its digest. */
  keep(planDigest: string, plan: GivenPlan): void {
    this.#plans.delete(planDigest);
    this.#plans.set(planDigest, plan);
    if (this.#plans.size > MOST) {
      const [oldest] = this.#plans.keys();
      this.#plans.delete(oldest);
    }
  }

  /** The facts in which a plan and a newer one differ; undefined when it is forgotten. */
  differences(
    planDigest: string,
    now: GivenPlan,
  ):
    | Array<{ path: string; before: string | boolean; after: string | boolean }>
    | undefined {
    const then = this.#plans.get(planDigest);
    if (!then) return undefined;
    const before = { specDigest: then.specDigest, ...then.facts };
    const after = { specDigest: now.specDigest, ...now.facts };
    return (Object.keys(after) as Array<keyof typeof after>)
      .filter(path => before[path] !== after[path])
      .map(path => ({ path, before: before[path], after: after[path] }));
  }
}
