import { cabRoutes } from '@fawkes/backstage-plugin-cab-common';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import { spied } from '@fawkes/kit-ui/testUtils';
import {
  aCalendar,
  aChange,
  aPreview,
  aSummary,
  NOW,
  someEnvironments,
  someEvidence,
} from '../../dev/builders';

/** Answers a test gives, by route. */
export type Answers = FakeAnswers<typeof cabRoutes>;

/** A portal in which everything answers: one change, which waits for the board. */
export function aPortal(over: Answers = {}) {
  return spied(
    fakeClient(cabRoutes, {
      getChanges: async ({ state = 'board_review' } = {}) => ({
        asOf: NOW,
        items: [aSummary()].filter(each => each.state === state),
        nextCursor: null,
      }),
      getWaiting: async () => ({ asOf: NOW, items: [], more: false }),
      getEnvironments: async () => someEnvironments(),
      getChange: async () => aChange(),
      getEvidence: async () => someEvidence(),
      getCalendar: async () => aCalendar(),
      getDelegations: async () => ({
        asOf: NOW,
        items: [],
        mine: { name: null, candidates: ['user:default/tomas'] },
      }),
      getExceptions: async () => ({ asOf: NOW, items: [], nextCursor: null }),
      previewRisk: async () => aPreview(),
      ...over,
    }),
  );
}
