import { fraction, plus, reaches, ZERO, type Fraction } from '../grade/marks';
import type { Assurance, Rule } from './rule';

/** Something that is known about a learner, and since when. @public */
export type Fact = {
  /** Instant in milliseconds; what lies after the evaluation does not exist yet. */
  at: number;
} & (
  | { kind: 'completion'; module: string; waived?: boolean }
  | { kind: 'lab'; lab: string; assurance: Assurance }
  | { kind: 'exam'; exam: string; part: string; points: Fraction }
  | { kind: 'award'; belt: string; generation: number }
  | { kind: 'revocation'; belt: string; generation: number }
  | {
      kind: 'counted';
      type: string;
      key: string;
      fields?: Record<string, string>;
    }
);

/** One line of what is left. @public */
export interface Missing {
  /** What is missing. */
  kind:
    | 'belt'
    | 'module'
    | 'lab'
    | 'exam'
    | 'component'
    | 'count'
    | 'any'
    | 'impossible';
  /** Which. */
  id: string;
  /** How much there is. */
  have?: number;
  /** How much is needed. */
  need?: number;
  /** The ways of an `any`, each with what it lacks. */
  ways?: Missing[][];
}

/** Whether a rule holds, and what is left. @public */
export interface Evaluation {
  /** The rule holds. */
  satisfied: boolean;
  /** Empty exactly when it does; in the order of the rule. */
  missing: Missing[];
}

const RANK: Record<Assurance, number> = {
  'self-reported': 0,
  attested: 1,
  observed: 2,
};

/**
 * Judges a rule by facts. The order and number of equal facts do not matter,
 * and more facts or later times never take anything back, except a revocation,
 * which names what it takes.
 *
 * @param now - instant in milliseconds; a fact exactly at it exists
 * @public
 */
export function evaluateRule(
  rule: Rule,
  facts: readonly Fact[],
  now: number,
): Evaluation {
  const known = facts.filter(fact => fact.at <= now);
  const missing = unique(missingOf(rule, known));
  return { satisfied: missing.length === 0, missing };
}

function missingOf(rule: Rule, facts: readonly Fact[]): Missing[] {
  if ('all' in rule) return rule.all.flatMap(part => missingOf(part, facts));
  if ('any' in rule) return missingOfAny(rule.any, facts);
  if ('belt' in rule)
    return hasBelt(rule.belt, facts) ? [] : [{ kind: 'belt', id: rule.belt }];
  if ('modules' in rule) {
    const done = new Set(
      facts.flatMap(fact => (fact.kind === 'completion' ? [fact.module] : [])),
    );
    return rule.modules
      .filter(id => !done.has(id))
      .map(id => ({ kind: 'module', id }));
  }
  if ('labs' in rule) {
    const least = RANK[rule.minAssurance ?? 'self-reported'];
    const done = new Set(
      facts.flatMap(fact =>
        fact.kind === 'lab' && RANK[fact.assurance] >= least ? [fact.lab] : [],
      ),
    );
    return rule.labs
      .filter(id => !done.has(id))
      .map(id => ({ kind: 'lab', id }));
  }
  if ('exam' in rule) return missingOfExam(rule, facts);
  return missingOfCount(rule, facts);
}

function missingOfAny(
  ways: readonly Rule[],
  facts: readonly Fact[],
): Missing[] {
  if (ways.length === 0) return [{ kind: 'impossible', id: 'any' }];
  const lacks = ways.map(way => unique(missingOf(way, facts)));
  if (lacks.some(lack => lack.length === 0)) return [];
  return [{ kind: 'any', id: 'any', ways: lacks }];
}

function hasBelt(belt: string, facts: readonly Fact[]): boolean {
  const revoked = new Set(
    facts.flatMap(fact =>
      fact.kind === 'revocation' && fact.belt === belt ? [fact.generation] : [],
    ),
  );
  return facts.some(
    fact =>
      fact.kind === 'award' &&
      fact.belt === belt &&
      !revoked.has(fact.generation),
  );
}

/** What somebody has of an exam: of each part the best. @public */
export function bestOfParts(
  exam: string,
  facts: readonly Fact[],
): ReadonlyMap<string, Fraction> {
  const best = new Map<string, Fraction>();
  for (const fact of facts) {
    if (fact.kind !== 'exam' || fact.exam !== exam) continue;
    const known = best.get(fact.part) ?? ZERO;
    if (!reaches(known, fact.points)) best.set(fact.part, fact.points);
  }
  return best;
}

function missingOfExam(
  rule: Extract<Rule, { exam: string }>,
  facts: readonly Fact[],
): Missing[] {
  const best = bestOfParts(rule.exam, facts);
  const sum = [...best.values()].reduce(plus, ZERO);
  const need = Number(rule.points);
  const total: Missing[] = reaches(sum, fraction(need))
    ? []
    : [{ kind: 'exam', id: rule.exam, have: shown(sum), need }];
  const parts = Object.entries(rule.components ?? {}).flatMap(
    ([part, points]): Missing[] => {
      const earned = best.get(part) ?? ZERO;
      return reaches(earned, fraction(BigInt(points)))
        ? []
        : [
            {
              kind: 'component',
              id: `${rule.exam}/${part}`,
              have: shown(earned),
              need: Number(points),
            },
          ];
    },
  );
  return [...total, ...parts];
}

/** Rounded down, so that what is short never looks like enough. */
function shown({ numerator, denominator }: Fraction): number {
  return Number(numerator / denominator);
}

function missingOfCount(
  rule: Extract<Rule, { count: string }>,
  facts: readonly Fact[],
): Missing[] {
  const wanted = Object.entries(rule.where ?? {});
  const keys = new Set(
    facts.flatMap(fact =>
      fact.kind === 'counted' &&
      fact.type === rule.count &&
      wanted.every(([name, value]) => fact.fields?.[name] === value)
        ? [fact.key]
        : [],
    ),
  );
  const need = Number(rule.min);
  return keys.size >= need
    ? []
    : [{ kind: 'count', id: rule.id ?? rule.count, have: keys.size, need }];
}

/** One line for each thing that is missing; of two counts the one that asks for more. */
function unique(missing: readonly Missing[]): Missing[] {
  const by = new Map<string, Missing>();
  for (const each of missing) {
    const key = each.ways ? JSON.stringify(each) : `${each.kind} ${each.id}`;
    const known = by.get(key);
    if (!known) by.set(key, each);
    else if ((each.need ?? 0) > (known.need ?? 0)) by.set(key, each);
  }
  return [...by.values()];
}
