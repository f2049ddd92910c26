/**
 * Prints the frozen vectors of the current model: the golden ones, the cuts of
 * every ladder, and a sample. They are made once for a version and never again;
 * `vectors.test.ts` says how.
 */
import fc from 'fast-check';
import { replay } from '../score';
import { arbitraryFacts, BASE, GOLDEN } from './facts';
import { bodyOf } from './inputs';

const cuts = [
  ...[0, 1, 2, 3, 5, 6, 15, 16, 50, 51].map(dependents => ({ dependents })),
  ...[20, 21, 100, 101, 400, 401, 1000, 1001].map(changedLines => ({
    changedLines,
  })),
  ...[168, 169].map(scanAgeHours => ({ scanAgeHours })),
  ...[720, 721].map(rehearsedHoursAgo => ({
    rollback: { strategy: 'automated', irreversible: false, rehearsedHoursAgo },
  })),
  ...[10, 11].map(skipped => ({ tests: { cases: 100, failed: 0, skipped } })),
].map(cut => ({ ...BASE, ...cut }));

const all = [
  ...GOLDEN.map(({ facts }) => facts),
  ...cuts,
  ...fc.sample(arbitraryFacts, { numRuns: 200, seed: 20_261_130 }),
];

const vectors = all.map(facts => {
  const { weighted, score, route, inputsHash, riskResultHash } = replay(
    bodyOf(facts),
  );
  return { facts, weighted, score, route, inputsHash, riskResultHash };
});
process.stdout.write(`${JSON.stringify(vectors)}\n`);
