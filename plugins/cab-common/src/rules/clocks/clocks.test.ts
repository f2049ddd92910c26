import fc from 'fast-check';
import { CHANGE_TYPES } from '../../contract';
import type { Requirement } from '../votes';
import { dueStep, lateRequirement, reviewClock, reviewLimit } from './clocks';

const HOUR = 3_600_000;

/** The steps of a review that nobody decides, looked at so often. */
function stepsOf(
  type: (typeof CHANGE_TYPES)[number],
  until: number,
  by: number,
) {
  const steps: string[] = [];
  let taken = 0;
  for (let used = 0; used <= until; used += by) {
    const step = dueStep(type, used, taken);
    if (!step) continue;
    steps.push(`${used / HOUR} ${step}`);
    taken += 1;
    if (step === 'defer') break;
  }
  return steps;
}

it('reminds at half time, asks others at the end, puts off after twice', () => {
  expect(stepsOf('normal', 200 * HOUR, HOUR)).toEqual([
    '24 remind',
    '48 escalate',
    '96 defer',
  ]);
  expect(stepsOf('emergency', 2 * HOUR, HOUR / 4)).toEqual([
    '0.25 remind',
    '0.5 escalate',
    '1 escalate',
    '1.5 escalate',
    '2 escalate',
  ]);
});

it('leaves no step out after a standstill, and never puts an emergency off', () => {
  const type = fc.constantFrom(...CHANGE_TYPES);
  fc.assert(
    fc.property(type, fc.nat(400), fc.nat(6), (of, hours, taken) => {
      const step = dueStep(of, hours * HOUR, taken);
      expect([of, step]).not.toEqual(['emergency', 'defer']);
      const first = step ? 'remind' : undefined;
      expect([taken, step]).toEqual([taken, taken === 0 ? first : step]);
      // Once due, it stays due.
      const later = dueStep(of, (hours + 1) * HOUR, taken);
      expect(later).toBe(step ?? later);
    }),
  );
});

it('says when, without the time outside of a review', () => {
  const limit = reviewLimit('normal');
  expect(reviewClock('normal', { since: 1_000, used: 400, taken: 0 })).toEqual({
    escalatesAt: 600 + limit,
    defersAt: 600 + 2 * limit,
  });
  expect(
    reviewClock('normal', { since: 1_000, used: 0, taken: 2 }).escalatesAt,
  ).toBeNull();
  expect(
    reviewClock('emergency', { since: 0, used: 0, taken: 0 }).defersAt,
  ).toBeNull();
});

it('asks others besides, and for no less', () => {
  const groups = { board: 'board', security: 'security' };
  const requirement = fc.record<Requirement>({
    review: fc.constantFrom('peer_review', 'board_review'),
    pool: fc.uniqueArray(fc.constantFrom('team', 'board', 'emergency'), {
      minLength: 1,
    }),
    min: fc.integer({ min: 1, max: 3 }),
    atLeast: fc.constantFrom([], [{ group: 'outside', n: 1 }]),
    escalated: fc.boolean(),
  });
  const escalation = fc.option(fc.constant('heads'), { nil: undefined });
  fc.assert(
    fc.property(requirement, escalation, (before, heads) => {
      const late = lateRequirement(before, { ...groups, escalation: heads });
      expect(late).toMatchObject({
        review: before.review,
        min: before.min,
        atLeast: before.atLeast,
        escalated: true,
      });
      expect(late.pool).toEqual(
        expect.arrayContaining([...before.pool, 'board']),
      );
      expect(new Set(late.pool).size).toBe(late.pool.length);
    }),
  );
});
