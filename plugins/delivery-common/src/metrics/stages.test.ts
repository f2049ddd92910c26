import fc from 'fast-check';
import { leadTimeOf } from './durations';
import { stagesOf } from './stages';
import { instants, ms } from './__testUtils__/rows';

const at = (clock: string) => ms(`2026-03-02T${clock}:00Z`);
const minutes = (stages: Record<string, number>) =>
  Object.values(stages).map(seconds => seconds / 60);

describe('stagesOf', () => {
  const all = {
    openedAt: at('10:00'),
    readyAt: at('10:30'),
    firstReviewAt: at('11:00'),
    approvedAt: at('12:00'),
    mergedAt: at('12:15'),
  };

  // coding, pickup, review, merge, deploy in minutes; 09:00 → 13:15 = 255.
  it.each([
    ['everything known', all, [90, 30, 60, 15, 60]],
    ['never a draft', { ...all, readyAt: null }, [60, 60, 60, 15, 60]],
    ['no review', { ...all, firstReviewAt: null }, [90, 90, 0, 15, 60]],
    ['no approval', { ...all, approvedAt: null }, [90, 30, 75, 0, 60]],
    ['no merge', { ...all, mergedAt: null }, [90, 30, 60, 75, 0]],
    ['merge only', { mergedAt: at('12:00') }, [180, 0, 0, 0, 75]],
    ['opened only', { openedAt: at('10:00') }, [60, 195, 0, 0, 0]],
    ['no pull request', {}, [0, 0, 0, 0, 255]],
    [
      'reviews alone tell no pull request',
      { firstReviewAt: at('10:00'), approvedAt: at('11:00') },
      [0, 0, 0, 0, 255],
    ],
    [
      'approved before the first review',
      { ...all, approvedAt: at('10:45') },
      [90, 30, 0, 75, 60],
    ],
    [
      'merged after the deployment',
      { ...all, mergedAt: at('20:00') },
      [90, 30, 60, 75, 0],
    ],
    [
      'opened before the first commit',
      { ...all, readyAt: at('08:00') },
      [0, 120, 60, 15, 60],
    ],
  ])('%s', (_, known, expected) => {
    expect(minutes(stagesOf(at('09:00'), known, at('13:15')))).toEqual(
      expected,
    );
  });

  it('adds up to the lead time exactly, whatever the instants', () => {
    const maybe = fc.option(instants, { nil: null });
    const known = fc.record(
      {
        openedAt: maybe,
        readyAt: maybe,
        firstReviewAt: maybe,
        approvedAt: maybe,
        mergedAt: maybe,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(instants, known, instants, (start, pullRequest, end) => {
        const stages = Object.values(stagesOf(start, pullRequest, end));
        expect(stages.every(seconds => seconds >= 0)).toBe(true);
        expect(stages.every(Number.isInteger)).toBe(true);
        expect(stages.reduce((a, b) => a + b, 0)).toBe(
          leadTimeOf(start, end).seconds,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
