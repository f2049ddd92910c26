import type { FactName, RiskResult, RiskRoute } from '../../contract';
import { factsOf } from './factors';
import type { RiskModel } from './model';
import type { FactValues } from './reading';
import { scoreOf } from './score';

/** One step of the way to a score. @public */
export interface WaterfallStep {
  /** Of the factor. */
  id: string;
  /** Of 100. */
  weight: number;
  /** 0..1000. */
  permille: number;
  /** What it adds, in thousandths of a point. */
  milli: number;
  /** The sum with it. */
  upTo: number;
  /** What it was worked out from. */
  facts: FactName[];
  /** Paths of what is unknown in it. */
  missing: string[];
}

/** How a score comes about, factor by factor; floors lift what is left. @public */
export interface Waterfall {
  /** In the order of the model. */
  steps: WaterfallStep[];
  /** What the floors add above the sum, in thousandths of a point. */
  lifted: number;
  /** The floors that decide: the highest ones, when they lift at all. */
  deciding: string[];
}

/** Takes a result apart. @public */
export function waterfallOf(
  model: RiskModel,
  result: Pick<
    RiskResult,
    'factors' | 'floors' | 'missing' | 'weighted' | 'score'
  >,
): Waterfall {
  let upTo = 0;
  const steps = model.factors.map((factor, index) => {
    const { permille } = result.factors[index];
    const milli = factor.weight * permille;
    const facts = factsOf(factor);
    upTo += milli;
    return {
      id: factor.id,
      weight: factor.weight,
      permille,
      milli,
      upTo,
      facts,
      missing: result.missing.filter(path =>
        facts.some(fact => path === fact || path.startsWith(`${fact}.`)),
      ),
    };
  });
  const lifted = result.score - result.weighted;
  return {
    steps,
    lifted,
    deciding: result.floors
      .filter(({ milli }) => lifted > 0 && milli === result.score)
      .map(({ id }) => id),
  };
}

/** Names of levers. @public */
export type LeverId =
  | 'show_tests'
  | 'scan'
  | 'size'
  | 'rehearse_rollback'
  | 'plan_window'
  | 'replace_deprecated'
  | 'do_without_exception';

/** Something a person can do about a score. @public */
export interface Lever {
  /** What to do: the code of a text. */
  id: LeverId;
  /** What would be better known, or better. */
  facts: FactName[];
  /** The score with it, in thousandths of a point. */
  score: number;
  /** The same for people. */
  shown: string;
  /** Who would have to approve then. */
  route: RiskRoute;
}

/** What each lever makes of the facts it is about. */
const LEVERS: Readonly<Record<LeverId, FactValues>> = {
  show_tests: { tests: { cases: 1, failed: 0, skipped: 0 } },
  scan: { security: 'none', scanAgeHours: 0 },
  size: { changedLines: 0, structural: false },
  rehearse_rollback: {
    rollback: {
      strategy: 'automated',
      irreversible: false,
      rehearsedHoursAgo: 0,
    },
  },
  plan_window: { window: 'allowed' },
  replace_deprecated: { deprecated: 'none' },
  do_without_exception: { exceptionsUsed: 0 },
};

/** Every lever. @public */
export const LEVER_IDS = Object.keys(LEVERS) as LeverId[];

/**
 * What would lower a score, each thing by itself, the best first. A promise of
 * nothing: it is what the score were if the facts came out at their best.
 * @public
 */
export function wouldLower(model: RiskModel, facts: FactValues): Lever[] {
  const now = scoreOf(model, facts);
  return LEVER_IDS.map(id => {
    const better: FactValues = LEVERS[id];
    const { score, shown, route } = scoreOf(model, { ...facts, ...better });
    const names = Object.keys(better) as FactName[];
    return { id, facts: names, score, shown, route };
  })
    .filter(({ score }) => score < now.score)
    .sort((a, b) => a.score - b.score);
}
