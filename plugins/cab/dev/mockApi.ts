import { NotFoundError } from '@backstage/errors';
import {
  cabRoutes,
  say,
  type Change,
} from '@fawkes/backstage-plugin-cab-common';
import { fakeClient } from '@fawkes/kit-contract';
import type { CabApi } from '../src/api';
import {
  aCalendar,
  aChange,
  anException,
  aPreview,
  aVote,
  BOARD,
  ME,
  OTHER,
  someEnvironments,
  someEvidence,
} from './builders';

/** A change approval backend that lives in the browser, for `yarn start` in here. */
export function mockCabApi(
  now: () => string = () => new Date().toISOString(),
): CabApi {
  const changes = new Map<string, Change>(
    [
      aChange({ sample: true }),
      aChange({
        id: OTHER,
        title: 'A cache for exchange rates',
        state: 'approved',
        votes: [aVote(), aVote({ id: 'v2', userRef: 'user:default/tomas' })],
        requirement: null,
        binding: null,
        next: say('next.start', { until: '2026-12-07T18:00:00.000Z' }),
        expiresAt: '2026-12-07T18:00:00.000Z',
        gate: {
          verdict: 'allow',
          reasonCode: 'APPROVED',
          reason: say('gate.APPROVED'),
          expiresAt: '2026-12-07T18:00:00.000Z',
          retryAt: null,
        },
      }),
    ].map(change => [change.id, change]),
  );
  const look = (id: string): Change => {
    const known = changes.get(id);
    if (!known) throw new NotFoundError(`There is no change request ${id}`);
    return known;
  };
  const keep = (change: Change): Change => {
    changes.set(change.id, change);
    return change;
  };
  return fakeClient(cabRoutes, {
    getCalendar: async () => aCalendar({ asOf: now() }),
    getChanges: async ({ state: asked } = {}) => ({
      asOf: now(),
      items: [...changes.values()].filter(
        ({ state }) => asked === undefined || state === asked,
      ),
      nextCursor: null,
    }),
    getEvidence: async () => someEvidence(),
    getDelegations: async () => ({
      asOf: now(),
      items: [],
      mine: { name: null, candidates: ['user:default/tomas'] },
    }),
    getExceptions: async ({ which } = {}) => ({
      asOf: now(),
      items: which === 'ending' ? [anException()] : [],
      nextCursor: null,
    }),
    getWaiting: async () => ({
      asOf: now(),
      items: [...changes.values()].filter(
        ({ state, votes }) => state === 'board_review' && votes.length === 0,
      ),
      more: false,
    }),
    getEnvironments: async () => someEnvironments(),
    getChange: async ({ id }) => look(id),
    previewRisk: async () => aPreview(),
    createChange: async ({ body }) =>
      keep(
        aChange({
          ...body,
          id: `01938000-0000-7000-8000-${String(changes.size + 1).padStart(
            12,
            '0',
          )}`,
          entity: { ref: body.entityRef, title: body.entityRef },
          submitter: ME,
          state: 'draft',
        }),
      ),
    submitChange: async ({ id }) =>
      keep({ ...look(id), state: 'board_review' }),
    castVote: async ({ id, body }) =>
      keep({
        ...look(id),
        state: body.decision === 'reject' ? 'rejected' : 'board_review',
        next: say('next.votes', { count: 1, pool: BOARD }),
        votes: [
          aVote({ userRef: ME, decision: body.decision, reason: body.reason }),
        ],
      }),
    withdrawVote: async ({ id }) => keep({ ...look(id), votes: [] }),
    commentChange: async ({ id, body }) => {
      const change = look(id);
      return keep({
        ...change,
        timeline: [
          ...change.timeline,
          {
            seq: 6 + change.timeline.length,
            type: 'comment',
            actor: ME,
            at: now(),
            state: change.state,
            text: body.text,
          },
        ],
      });
    },
  });
}
