import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { CHECK_TYPES } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';

/** A page that was opened from the lab: the browser of the learner says so. */
export function visited(now: () => number): DojoCheck<{ path: string }> {
  return {
    type: 'visited',
    params: CHECK_TYPES.visited.params as DojoCheck<{ path: string }>['params'],
    assurance: 'self-reported',
    async evaluate({ params: { path }, answer }) {
      const observedAt = new Date(now());
      // Nobody types here: the answer is the page that the lab sent them to.
      return answer === path
        ? {
            verdict: 'pass',
            observedAt,
            evidence: { source: 'browser of the learner', fact: { path } },
          }
        : {
            verdict: 'fail',
            observedAt,
            why: sayDojo('visited.not_yet'),
          };
    },
  };
}
