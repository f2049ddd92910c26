import { STATES } from '@fawkes/backstage-plugin-cab-common';
import { stepsOf } from './stepsOf';

it.each([
  ['draft', null, ['current', 'waiting', 'waiting', 'waiting']],
  ['board_review', '60.0', ['done', 'done', 'current', 'waiting']],
  ['approved', '60.0', ['done', 'done', 'done', 'current']],
  ['rejected', '60.0', ['done', 'done', 'failed', 'waiting']],
  ['withdrawn', null, ['failed', 'waiting', 'waiting', 'waiting']],
  ['withdrawn', '60.0', ['done', 'done', 'failed', 'waiting']],
  ['revoked', '60.0', ['done', 'done', 'done', 'failed']],
  ['implementing', '60.0', ['done', 'done', 'done', 'current']],
  ['failed', '60.0', ['done', 'done', 'done', 'failed']],
  ['unauthorized', null, ['failed', 'waiting', 'waiting', 'waiting']],
  ['closed', null, ['failed', 'waiting', 'waiting', 'waiting']],
  ['closed', '60.0', ['done', 'done', 'done', 'done']],
] as const)('%s with %s', (state, score, expected) => {
  expect(stepsOf({ state, score })).toEqual(expected);
});

it('knows every state, with one step at most in hand', () => {
  for (const state of STATES) {
    const steps = stepsOf({ state, score: null });
    expect(steps).toHaveLength(4);
    expect(
      steps.filter(step => step === 'current' || step === 'failed').length,
    ).toBeLessThan(2);
  }
});
