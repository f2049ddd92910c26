import { NotFoundError } from '@backstage/errors';
import {
  provisioningRoutes,
  type ProvisioningRequest,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  nameFault,
  say,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { fakeClient } from '@fawkes/kit-contract';
import type { ProvisioningApi } from '../src/api';
import {
  aDestruction,
  anOperator,
  aPlan,
  aRequest,
  aRevision,
  aRun,
  aService,
  effectsUpTo,
  REQUEST,
  someTemplates,
  someThings,
} from './builders';

const EFFECTS = effectsUpTo(0).length;
/** How long an invented effect takes, ms. */
const STEP_MS = 3_000;

/** A provisioning backend that lives in the browser, for `yarn start` in here. */
export function mockProvisioningApi(
  now: () => number = () => Date.now(),
): ProvisioningApi {
  /** Requests by id, with the moment their run began. */
  const requests = new Map<
    string,
    { began: number; request: ProvisioningRequest }
  >([[REQUEST, { began: 0, request: aRequest() }]]);
  const asOf = () => new Date(now()).toISOString();

  const look = (id: string) => {
    const known = requests.get(id);
    if (!known) throw new NotFoundError(`There is no request ${id}`);
    const done = Math.min(EFFECTS, Math.floor((now() - known.began) / STEP_MS));
    const isDone = done === EFFECTS;
    const run = aRun({
      id: `run-${id}`,
      state: isDone ? 'done' : 'running',
      finishedAt: isDone ? asOf() : null,
      seconds: Math.min(EFFECTS * STEP_MS, now() - known.began) / 1_000,
    });
    const request: ProvisioningRequest = isDone
      ? { ...known.request, run }
      : {
          ...known.request,
          state: 'running' as const,
          run,
          things: someThings().slice(0, Math.max(0, done - 1)),
          releases: [],
          service: aService({ state: 'none', address: null, release: null }),
        };
    return { request, run, done };
  };

  return fakeClient(provisioningRoutes, {
    getTemplates: async () => someTemplates({ asOf: asOf() }),
    checkName: async ({ name }) => {
      const fault = nameFault(name, 'node');
      const taken = [...requests.values()].some(
        ({ request }) => request.name === name,
      );
      return {
        free: !fault && !taken,
        reason:
          fault ??
          (taken ? say('name.in_catalog', { entity: name }) : undefined),
        suggestion: taken ? `${name}-2` : undefined,
        ownerAllowed: true,
        quota: [
          {
            kind: 'owner' as const,
            limit: 20,
            used: requests.size,
            holders: [],
          },
        ],
      };
    },
    plan: async ({ body }) => aPlan({ name: body.name, asOf: asOf() }),
    createRequest: async ({ body }) => {
      const id = REQUEST.replace(/\d$/, String(requests.size + 1));
      const request = aRequest({
        id,
        name: body.name,
        title: body.spec.title ?? body.name,
      });
      requests.set(id, { began: now(), request });
      const { run } = look(id);
      return {
        id,
        runId: run.id,
        state: 'running' as const,
        specDigest: request.specDigest,
      };
    },
    getRequests: async () => ({
      asOf: asOf(),
      items: [...requests.keys()].map(id => look(id).request),
      nextCursor: null,
    }),
    getRequest: async ({ id }) => look(id).request,
    getEffects: async ({ id }) => {
      const { run, done } = look(id);
      return {
        asOf: asOf(),
        runs: [run],
        items: effectsUpTo(done).map(effect => ({ ...effect, runId: run.id })),
      };
    },
    getRevisions: async () => ({ asOf: asOf(), items: [aRevision()] }),
    getDrift: async () => ({
      word: 'in_sync' as const,
      reason: say('drift.in_sync'),
      behind: null,
      files: [],
      asOf: asOf(),
    }),
    getLogs: async ({ after }) => {
      const line = Number(after ?? 0) + 1;
      return {
        lines: [{ at: asOf(), stream: 'out' as const, text: `line ${line}` }],
        next: String(line),
        cut: false,
        ended: line >= 30,
      };
    },
    getDestruction: async () => aDestruction({ asOf: asOf() }),
    getOperator: async () => anOperator({ asOf: asOf() }),
  });
}
