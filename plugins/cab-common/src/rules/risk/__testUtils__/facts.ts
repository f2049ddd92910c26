import fc from 'fast-check';
import type { FactValues } from '../reading';

/** The base of the golden vectors: a leaf service fix. */
export const BASE: FactValues = {
  dependents: 0,
  tier1Dependents: 0,
  environment: 'production',
  tier1Target: false,
  changedLines: 60,
  structural: false,
  tests: { cases: 100, failed: 0, skipped: 0 },
  security: 'none',
  scanAgeHours: 24,
  deployments90d: 40,
  failed90d: 1,
  rollback: {
    strategy: 'automated',
    irreversible: false,
    rehearsedHoursAgo: 240,
  },
  window: 'allowed',
  privileged: false,
  deprecated: 'none',
  exceptionsUsed: 0,
};

const rollback = (strategy: string, irreversible = false) => ({
  rollback: { strategy, irreversible, rehearsedHoursAgo: null },
});

/** The golden vectors of the design; what each row names differs from the base. */
export const GOLDEN: Array<{
  id: string;
  facts: FactValues;
  weighted: number;
  score: number;
  route: string;
  floors: string[];
}> = [
  {
    id: 'G1 leaf service fix',
    facts: BASE,
    weighted: 12_200,
    score: 12_200,
    route: 'automatic',
    floors: [],
  },
  {
    id: 'G2 feature',
    facts: {
      ...BASE,
      ...rollback('automated'),
      dependents: 8,
      changedLines: 300,
      security: 'medium',
      deployments90d: 0,
      failed90d: 0,
      window: 'business-hours',
    },
    weighted: 37_550,
    score: 37_550,
    route: 'peer',
    floors: [],
  },
  {
    id: 'G3 shared auth library',
    facts: {
      ...BASE,
      ...rollback('automated'),
      dependents: 60,
      tier1Dependents: 4,
      tier1Target: true,
      changedLines: 500,
      structural: true,
      deployments90d: 30,
      failed90d: 4,
      window: 'business-hours',
    },
    weighted: 48_500,
    score: 55_000,
    route: 'board',
    floors: ['tier1Structural'],
  },
  {
    id: 'G4 GPU-host driver',
    facts: {
      ...BASE,
      ...rollback('manual'),
      dependents: 25,
      tier1Dependents: 2,
      tier1Target: true,
      changedLines: 10,
      structural: true,
      tests: null,
      deployments90d: 5,
      failed90d: 1,
      window: 'off-hours',
      privileged: true,
    },
    weighted: 69_388,
    score: 69_388,
    route: 'board',
    floors: ['privileged', 'testsNotPassingInProduction', 'tier1Structural'],
  },
  {
    id: 'G5 tier-1 hotfix',
    facts: {
      ...BASE,
      ...rollback('automated'),
      dependents: 30,
      tier1Dependents: 1,
      tier1Target: true,
      changedLines: 12,
      tests: { cases: 400, failed: 1, skipped: 0 },
      deployments90d: 50,
      failed90d: 2,
      window: 'off-hours',
    },
    weighted: 53_000,
    score: 53_000,
    route: 'board',
    floors: ['testsNotPassingInProduction'],
  },
  {
    id: 'G6 drop column',
    facts: {
      ...BASE,
      ...rollback('manual', true),
      dependents: 6,
      changedLines: 8,
      structural: true,
      deployments90d: 50,
      failed90d: 2,
    },
    weighted: 39_000,
    score: 55_000,
    route: 'board',
    floors: ['noRollbackInProduction'],
  },
  {
    id: 'G7 nothing known',
    facts: {},
    weighted: 100_000,
    score: 100_000,
    route: 'board-major',
    floors: [
      'critical',
      'exceptionUsed',
      'freeze',
      'noRollbackInProduction',
      'privileged',
      'testsNotPassingInProduction',
      'tier1Structural',
    ],
  },
];

/** What is on no ladder, in the many ways in which people get it wrong. */
const nonsense = fc.constantFrom<unknown>(
  null,
  '',
  'yes',
  -1,
  true,
  7,
  {},
  'Production',
);

const count = (max: number) =>
  fc.oneof(
    { arbitrary: fc.nat(max), weight: 6 },
    { arbitrary: fc.nat(3), weight: 3 },
    { arbitrary: nonsense, weight: 1 },
  );
const choice = (...words: string[]) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...words), weight: 9 },
    { arbitrary: nonsense, weight: 1 },
  );
const flag = fc.oneof(
  { arbitrary: fc.boolean(), weight: 9 },
  { arbitrary: nonsense, weight: 1 },
);

/** Facts as they come: known, unknown, impossible, absent. */
export const arbitraryFacts = fc.record(
  {
    dependents: count(80),
    tier1Dependents: count(5),
    environment: choice('dev', 'test', 'staging', 'production'),
    tier1Target: flag,
    changedLines: count(1_200),
    structural: flag,
    tests: fc.oneof(
      fc.record(
        { cases: count(50), failed: count(2), skipped: count(10) },
        { requiredKeys: [] },
      ),
      fc.constant({ cases: 100, failed: 0, skipped: 0 }),
      nonsense,
    ),
    security: choice(
      'none',
      'low',
      'medium',
      'high',
      'critical',
      'critical-excepted',
    ),
    scanAgeHours: count(200),
    deployments90d: count(100),
    failed90d: count(20),
    rollback: fc.oneof(
      fc.record(
        {
          strategy: choice('automated', 'manual', 'none'),
          irreversible: flag,
          rehearsedHoursAgo: fc.oneof(
            fc.nat(1_000),
            fc.constant(null),
            nonsense,
          ),
        },
        { requiredKeys: ['strategy', 'irreversible'] },
      ),
      nonsense,
    ),
    window: choice(
      'allowed',
      'business-hours',
      'off-hours',
      'conflict',
      'freeze',
    ),
    privileged: flag,
    deprecated: choice('none', 'deprecated', 'end-of-life'),
    exceptionsUsed: count(3),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<FactValues>;
