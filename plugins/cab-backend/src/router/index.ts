import {
  cabChangeCreatePermission,
  replayBodySchema,
  say,
  type Change,
  type CabRoutes,
} from '@fawkes/backstage-plugin-cab-common';
import {
  personDeciding,
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
import { comment, revokeChange, withdrawChange } from '../cases/ending';
import { missing, notAllowed, notFound } from '../cases/refusals';
import { scoreFacts } from '../cases/scored';
import { windowOf } from '../cases/ask';
import type { Gate } from '../gate/gate';
import { changeOf } from '../read/change';
import { explained } from '../read/explain';
import { summaryOf } from '../read/summary';
import type { Reading } from '../read/reading';

/** What the handlers are put together from. */
export interface RouterDeps {
  cases: CaseDeps;
  gate: Gate;
  reading: Reading;
}

/** Parse, authorise, use case, answer: what the routes do. */
export function cabHandlers({
  cases,
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
  const seen = async (viewer: Viewer, id: string) => {
    const row = await reading.change(id);
    const visible =
      row && (await viewer.entities([row.entity_ref])).has(row.entity_ref);
    if (!row || !visible) throw notFound('change.not_found', { id });
    return row;
  };
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
    getChanges: async ({ query, viewer }) => {
      const page = await reading.changes(query);
      const entities = await viewer.entities(
        page.rows.map(row => row.entity_ref),
      );
      return {
        asOf: await reading.now(),
        items: page.rows
          .filter(row => entities.has(row.entity_ref))
          .map(row => summaryOf(row)),
        nextCursor: page.nextCursor,
      };
    },
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
    commentChange: request =>
      move(request, (id, doer) => comment(cases, id, request.body, doer)),
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
      return explained(scoreFacts(facts, now));
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
      const { principal } = viewer.credentials as {
        principal: { subject?: string };
      };
      const caller = principal.subject;
      if (caller === undefined) throw new InputError(say('USER_ONLY').text);
      const answer = await gate.ask(body, caller, {
        actor: `service:${caller}`,
        correlationId,
      });
      note({ verdict: answer.verdict, reasonCode: answer.reasonCode });
      return answer;
    },
    getRecord: () => reading.record(),
    exportRecord: ({ query }) => reading.exportRecord(query),
    exportChange: async ({ params, viewer }) => {
      await seen(viewer, params.id);
      return reading.exportChange(params.id);
    },
    getKeys: async () => reading.keys(),
  };
}

/** The person behind a request, unless a service acts for them. */
function decidingOf({ credentials }: Viewer): string | undefined {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
    actor?: { subject: string };
  };
  if (principal.type !== 'user' || !principal.userEntityRef) return undefined;
  return personDeciding({
    kind: 'user',
    userRef: principal.userEntityRef,
    ...(principal.actor && { actor: principal.actor.subject }),
  });
}
