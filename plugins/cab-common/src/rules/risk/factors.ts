import type { FactName } from '../../contract';
import type { RiskFactor } from './model';
import { choiceOf, countOf, flagOf, Reading, type FactValues } from './reading';

/** What one factor comes to. */
export interface FactorResult {
  permille: number;
  /** Paths of what is unknown. */
  missing: string[];
}

type Rule<K extends RiskFactor['rule']> = Extract<RiskFactor, { rule: K }>;

/**
 * A factor in thousandths. One unknown fact makes all of it unknown, and the
 * unknown counts as the worst there is.
 */
export function factorOf(
  factor: RiskFactor,
  facts: FactValues,
  unknown: number,
): FactorResult {
  const reading = new Reading(facts);
  const permille = permilleOf(factor, reading);
  const missing = reading.missing();
  return { permille: missing.length > 0 ? unknown : permille, missing };
}

/** The facts a factor may read. */
export function factsOf(factor: RiskFactor): FactName[] {
  switch (factor.rule) {
    case 'ladder':
      return [factor.fact, factor.more?.fact, factor.least?.fact].filter(
        fact => fact !== undefined,
      );
    case 'environment':
      return ['environment', 'tier1Target'];
    case 'tests':
      return ['tests'];
    case 'security':
      return ['security', 'scanAgeHours'];
    case 'failRate':
      return ['deployments90d', 'failed90d'];
    case 'rollback':
      return ['rollback'];
    default:
      return [factor.fact];
  }
}

function permilleOf(factor: RiskFactor, reading: Reading): number {
  switch (factor.rule) {
    case 'ladder':
      return ladder(factor, reading);
    case 'environment':
      return environment(factor, reading);
    case 'tests':
      return tests(factor, reading);
    case 'security':
      return security(factor, reading);
    case 'failRate':
      return failRate(factor, reading);
    case 'rollback':
      return rollback(factor, reading);
    case 'choice':
      return factor.permille[reading.choice(factor.fact, factor.permille)] ?? 0;
    default:
      return reading.flag(factor.fact) ? factor.permille : 0;
  }
}

function ladder(factor: Rule<'ladder'>, reading: Reading): number {
  const { fact, rungs, beyond, more, least } = factor;
  const count = reading.count(fact);
  let permille = rungs.find(({ upTo }) => count <= upTo)?.permille ?? beyond;
  if (more) {
    const part = reading.count(more.fact);
    const whole = !reading.missing().includes(fact);
    if (whole && part > count) reading.impossible(more.fact);
    if (part > 0) permille = Math.min(permille + more.by, more.atMost);
  }
  if (least && reading.flag(least.fact)) {
    permille = Math.max(permille, least.permille);
  }
  return permille;
}

function environment(factor: Rule<'environment'>, reading: Reading): number {
  const name = reading.choice('environment', factor.permille);
  // What is no production needs no tier.
  const tier1 = name === factor.tier1.in && reading.flag('tier1Target');
  return tier1 ? factor.tier1.permille : factor.permille[name] ?? 0;
}

function tests(factor: Rule<'tests'>, reading: Reading): number {
  const told = reading.fields('tests');
  if (!told) return 0;
  const read = (name: string) =>
    reading.field(`tests.${name}`, countOf(told[name]), 0);
  const cases = read('cases');
  const failed = read('failed');
  const skipped = read('skipped');
  const ran = cases > skipped && cases >= failed + skipped;
  if (!ran && reading.missing().length === 0) reading.impossible('tests.cases');
  if (failed > 0) return factor.failed;
  return skipped * factor.skipped.times > cases ? factor.skipped.permille : 0;
}

function security(factor: Rule<'security'>, reading: Reading): number {
  const worst = reading.choice('security', factor.permille);
  const age = reading.count('scanAgeHours');
  if (age > factor.scanAgeHours) reading.impossible('scanAgeHours');
  return factor.permille[worst] ?? 0;
}

function failRate(factor: Rule<'failRate'>, reading: Reading): number {
  const all = reading.count('deployments90d');
  const failed = reading.count('failed90d');
  if (failed > all && reading.missing().length === 0) {
    reading.impossible('failed90d');
  }
  const rate = ratio(failed + factor.plusFailed, all + factor.plusDeployments);
  return Math.min(Math.max(factor.times * (rate - factor.from), 0), 1000);
}

/** ⌊1000·a/b⌋, exact also where 1000·a is no safe integer. */
function ratio(a: number, b: number): number {
  return Number((1000n * BigInt(a)) / BigInt(b));
}

function rollback(factor: Rule<'rollback'>, reading: Reading): number {
  const told = reading.fields('rollback');
  if (!told) return 0;
  const { strategy, rehearsed } = factor;
  const way = reading.field(
    'rollback.strategy',
    choiceOf(told.strategy, strategy),
    '',
  );
  const irreversible = reading.field(
    'rollback.irreversible',
    flagOf(told.irreversible),
    false,
  );
  // Null says "never"; nothing says nothing.
  const ago = told.rehearsedHoursAgo;
  const hours =
    ago === null
      ? Infinity
      : reading.field('rollback.rehearsedHoursAgo', countOf(ago), Infinity);
  if (irreversible) return factor.irreversible;
  const permille = strategy[way] ?? 0;
  const worst = Math.max(...Object.values(strategy));
  if (permille === worst) return permille;
  return hours <= rehearsed.hours ? rehearsed.permille : permille;
}
