import {
  cabChangeCreatePermission,
  cabChangeVotePermission,
  replayBodySchema,
  say,
  type Change,
  type CabRoutes,
} from '@fawkes/backstage-plugin-cab-common';
import {
  readStrictJson,
  replay,
  RISK_MODELS,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { InputError } from '@backstage/errors';
import { ownerOf, type Viewer } from '@fawkes/kit-backend/access';
import type { Handlers } from '@fawkes/kit-backend/http';
import { parseInput } from '@fawkes/kit-contract';
import { createChange, editChange, submitChange } from '../cases/asking';
import {
  castVoteOn,
  recuse,
  requestChanges,
  withdrawVote,
} from '../cases/deciding';
import type { CaseDeps, Doer } from '../cases/deps';
import {
  requestByCi,
  runFinished,
  runStarted,
  type Pipeline,
} from '../cases/pipeline';
import { reviewChange } from '../cases/reviewing';
import { comment, revokeChange, withdrawChange } from '../cases/ending';
import { missing, notAllowed, notFound } from '../cases/refusals';
import { scoreFacts } from '../cases/scored';
import { windowOf } from '../cases/ask';
import type { EvidenceDeps } from '../evidence/startEvidence';
import type { Gate } from '../gate/gate';
import { changeOf } from '../read/change';
import { plannedOf } from '../read/planned';
import { environmentsOf, previewOf } from '../read/preview';
import { seenChange, seenChanges } from '../read/seen';
import type { Reading } from '../read/reading';
import { waitingFor } from '../read/waiting';
import { delegationHandlers } from './delegations';
import { decidingOf } from './decidingOf';
import { evidenceHandlers } from './evidence';
import { exceptionHandlers } from './exceptions';

/** What the handlers are put together from. */
export interface RouterDeps {
  cases: CaseDeps;
  evidence: EvidenceDeps;
  gate: Gate;
  reading: Reading;
}

/** Parse, authorise, use case, answer: what the routes do. */
export function cabHandlers({
  cases,
  evidence,
  gate,
  reading,
}: RouterDeps): Handlers<CabRoutes> {
  /** Whoever decides does so by themselves: a service that holds their token does not. */
  const doerOf = (viewer: Viewer, correlationId: string): Doer => {
    const actor = decidingOf(viewer);
    if (actor === undefined) throw notAllowed('USER_ONLY');
    return { actor, correlationId };
  };
  /** A change request whose entity the viewer may see. */
  const seen = (viewer: Viewer, id: string) => seenChange(reading, viewer, id);
  const shown = async (viewer: Viewer, id: string): Promise<Change> =>
    changeOf(cases, await seen(viewer, id), decidingOf(viewer));
  type Move = (id: string, doer: Doer) => Promise<void>;
  /** Does something with a change request that is seen, and shows what became of it. */
  const move = async (
    {
      viewer,
      correlationId,
      params,
    }: { viewer: Viewer; correlationId: string; params: { id: string } },
    work: Move,
  ) => {
    await seen(viewer, params.id);
    await work(params.id, doerOf(viewer, correlationId));
    return shown(viewer, params.id);
  };

  return {
    getChanges: ({ query, viewer }) => seenChanges(reading, viewer, query),
    getWaiting: async ({ viewer }) => {
      const userRef = decidingOf(viewer);
      if (userRef === undefined) throw notAllowed('USER_ONLY');
      if (!(await viewer.may(cabChangeVotePermission))) {
        return { asOf: await reading.now(), items: [], more: false };
      }
      return waitingFor(cases, viewer, userRef);
    },
    getEnvironments: async () => environmentsOf(cases.config),
    getCalendar: ({ query, viewer }) => plannedOf(cases, viewer, query),
    createChange: async ({ body, viewer, correlationId, note }) => {
      const doer = doerOf(viewer, correlationId);
      const entity = (await viewer.entities([body.entityRef])).get(
        body.entityRef,
      );
      if (!entity) throw notFound('entity.not_found', { ref: body.entityRef });
      const resource = { ref: body.entityRef, owner: ownerOf(entity) };
      if (!(await viewer.may(cabChangeCreatePermission, resource))) {
        throw notAllowed('entity.no_create', {
          ref: body.entityRef,
          permission: cabChangeCreatePermission.name,
        });
      }
      const id = await createChange(cases, body, doer);
      note({ changeId: id });
      return shown(viewer, id);
    },
    getChange: ({ params, viewer }) => shown(viewer, params.id),
    editChange: request =>
      move(request, (id, doer) => editChange(cases, id, request.body, doer)),
    submitChange: request =>
      move(request, (id, doer) => submitChange(cases, id, request.body, doer)),
    castVote: request =>
      move(request, (id, doer) => castVoteOn(cases, id, request.body, doer)),
    withdrawVote: request =>
      move(request, (id, doer) => withdrawVote(cases, id, doer)),
    recuse: request =>
      move(request, (id, doer) => recuse(cases, id, request.body, doer)),
    requestChanges: request =>
      move(request, (id, doer) =>
        requestChanges(cases, id, request.body, doer),
      ),
    withdrawChange: request =>
      move(request, (id, doer) =>
        withdrawChange(cases, id, request.body, doer),
      ),
    revoke: request =>
      move(request, (id, doer) => revokeChange(cases, id, request.body, doer)),
    reviewChange: request =>
      move(request, (id, doer) => reviewChange(cases, id, request.body, doer)),
    commentChange: request =>
      move(request, (id, doer) => comment(cases, id, request.body, doer)),
    ...evidenceHandlers({ evidence, reading, seen, doerOf, decidingOf }),
    ...delegationHandlers({ cases, doerOf, decidingOf }),
    ...exceptionHandlers({ cases, seen, shown, doerOf, decidingOf }),
    previewRisk: async ({ body, viewer }) => {
      const entities = await viewer.entities([body.entityRef]);
      if (!entities.has(body.entityRef)) {
        throw notFound('entity.not_found', { ref: body.entityRef });
      }
      const now = await reading.nowMs();
      const facts = await cases.facts(
        {
          entityRef: body.entityRef,
          environment: body.environment,
          headSha: body.headSha,
          window: windowOf(body),
        },
        now,
      );
      return previewOf(cases.config, facts, scoreFacts(facts, now));
    },
    replayRisk: async ({ body }) => {
      const read = readStrictJson(body);
      if ('fault' in read) {
        throw missing('replay.json', {
          reason: read.fault.reason,
          at: read.fault.at,
        });
      }
      const asked = parseInput(replayBodySchema, read.value);
      if (!RISK_MODELS.has(asked.modelVersion)) {
        throw missing('model.unknown', { version: asked.modelVersion });
      }
      return replay(asked);
    },
    askGate: async ({ body, viewer, correlationId, note }) => {
      const { caller } = pipelineOf({ viewer, correlationId });
      const answer = await gate.ask(body, caller, {
        actor: `service:${caller}`,
        correlationId,
      });
      note({ verdict: answer.verdict, reasonCode: answer.reasonCode });
      return answer;
    },
    startRun: ({ body, ...call }) => runStarted(cases, body, pipelineOf(call)),
    finishRun: ({ body, ...call }) =>
      runFinished(cases, body, pipelineOf(call)),
    requestByCi: async ({ body, note, ...call }) => {
      const answer = await requestByCi(cases, body, pipelineOf(call));
      note({ changeId: answer.changeId });
      return answer;
    },
    getRecord: () => reading.record(),
    exportRecord: ({ query }) => reading.exportRecord(query),
    exportChange: async ({ params, query, viewer }) => {
      await seen(viewer, params.id);
      return reading.exportChange(params.id, query);
    },
    getKeys: async () => reading.keys(),
  };
}

/** The service behind a request. */
function pipelineOf({
  viewer,
  correlationId,
}: {
  viewer: Viewer;
  correlationId: string;
}): Pipeline {
  const { principal } = viewer.credentials as {
    principal: { subject?: string };
  };
  const caller = principal.subject;
  if (caller === undefined) throw new InputError(say('gate.SERVICE_ONLY').text);
  return { caller, correlationId };
}
