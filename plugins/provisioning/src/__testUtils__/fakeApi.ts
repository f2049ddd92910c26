import { provisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import { spied } from '@fawkes/kit-ui/testUtils';
import {
  aDestruction,
  anOperator,
  aPlan,
  aRequest,
  aRevision,
  aSummary,
  effectsUpTo,
  NOW,
  someTemplates,
} from '../../dev/builders';

/** Answers a test gives, by route. */
export type Answers = FakeAnswers<typeof provisioningRoutes>;

/** An API of which a test defines what it needs, and sees what is asked. */
export function fakeApi(answers: Answers = {}) {
  return spied(fakeClient(provisioningRoutes, answers));
}

/** A portal in which everything answers: one service, made and healthy. */
export function aPortal(over: Answers = {}) {
  const request = aRequest();
  return fakeApi({
    getTemplates: async () => someTemplates(),
    checkName: async () => ({
      free: true,
      ownerAllowed: true,
      quota: [{ kind: 'owner' as const, limit: 20, used: 3, holders: [] }],
    }),
    plan: async () => aPlan(),
    getRequests: async () => ({
      asOf: NOW,
      items: [aSummary()],
      nextCursor: null,
    }),
    getRequest: async () => request,
    getEffects: async () => ({
      asOf: NOW,
      runs: [request.run],
      items: effectsUpTo(6),
    }),
    getRevisions: async () => ({ asOf: NOW, items: [aRevision()] }),
    getDrift: async () => ({
      word: 'in_sync' as const,
      reason: {
        code: 'drift.in_sync',
        params: {},
        text: 'It is as it was last written',
      },
      behind: null,
      files: [],
      asOf: NOW,
    }),
    getLogs: async () => ({
      lines: [{ at: NOW, stream: 'out' as const, text: 'listening' }],
      next: '1',
      cut: false,
      ended: true,
    }),
    getDestruction: async () => aDestruction(),
    getOperator: async () => anOperator(),
    ...over,
  });
}
