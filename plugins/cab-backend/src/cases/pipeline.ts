import type {
  CiChangeAnswer,
  CiChangeBody,
  RunAnswer,
  RunFinishedBody,
  RunStartedBody,
} from '@fawkes/backstage-plugin-cab-common';
import { missingEvidence } from '@fawkes/backstage-plugin-cab-common/rules';
import { wordsOfError } from '@fawkes/kit-contract';
import { freeOf, mayAsk, newestFor, placeOf } from '../gate/asked';
import { databaseNow } from '../store/database';
import type { ChangeRow } from '../store/tables';
import { createChange, submitChange } from './asking';
import type { CaseDeps, Doer } from './deps';
import { inChange, readChange } from './moving';
import { readPerson } from './people';
import { conflict, notAllowed, notFound } from './refusals';
import { finishRun, startRun } from './running';
import { packStatesOf } from '../evidence/pack';

/** A service that speaks for a pipeline. */
export interface Pipeline {
  /** Subject of its token. */
  caller: string;
  correlationId: string;
}

/** A pipeline says that its run has started. */
export async function runStarted(
  deps: CaseDeps,
  body: RunStartedBody,
  pipeline: Pipeline,
): Promise<RunAnswer> {
  const { runUrl, stage } = body;
  return ofRun(deps, body, pipeline, async (id, doer) => {
    await inChange(deps, id, doer, async moving => {
      if (await startRun(moving, { at: moving.now, runUrl, stage })) return;
      throw conflict('run.no_allow', { change: id });
    });
  });
}

/** A pipeline says how its run ended. */
export async function runFinished(
  deps: CaseDeps,
  { outcome, ...body }: RunFinishedBody,
  pipeline: Pipeline,
): Promise<RunAnswer> {
  return ofRun(deps, body, pipeline, async (id, doer) => {
    await inChange(deps, id, doer, async moving => {
      if (finishRun(moving, outcome)) return;
      throw conflict('run.not_started', { change: id });
    });
  });
}

/** What a pipeline says about a run, where anything is asked. */
async function ofRun(
  deps: CaseDeps,
  body: RunStartedBody,
  { caller, correlationId }: Pipeline,
  work: (id: string, doer: Doer) => Promise<void>,
): Promise<RunAnswer> {
  requireCaller(deps, body.entityRef, caller);
  const row = await newestFor(deps, body);
  const place = row ? placeOf(row) : await deps.place(body);
  if (freeOf(deps.config, body, place)) return { changeId: null, state: null };
  if (!row || row.state === 'unauthorized') {
    throw notFound('run.no_change', { environment: body.environment });
  }
  await work(row.id, { actor: `service:${caller}`, correlationId });
  const { state } = await readChange(deps.db, row.id);
  return { changeId: row.id, state };
}

/**
 * Asks for a change on behalf of somebody of the owning group and submits it, or
 * finds the unfinished one. What is still missing is said and no fault.
 */
export async function requestByCi(
  deps: CaseDeps,
  { onBehalfOf, ...asked }: CiChangeBody,
  { caller, correlationId }: Pipeline,
): Promise<CiChangeAnswer> {
  requireCaller(deps, asked.entityRef, caller);
  const doer = { actor: onBehalfOf, correlationId, via: caller };
  await requireOwner(deps, asked.entityRef, asked.environment, onBehalfOf);
  const { id, created } = await createOrFind(deps, asked, doer);
  const row = await readChange(deps.db, id);
  const missing = missingEvidence(
    row.environment_class,
    await packStatesOf(deps.db, row),
  );
  const isTheirs = row.submitter === onBehalfOf;
  if (row.state === 'draft' && missing.length === 0 && isTheirs) {
    await submitOnce(deps, row, doer);
  }
  const { state } = await readChange(deps.db, id);
  return {
    changeId: id,
    state,
    url: `${deps.config.portalUrl}/changes/${id}`,
    created,
    missingEvidence: missing,
  };
}

async function createOrFind(
  deps: CaseDeps,
  asked: Omit<CiChangeBody, 'onBehalfOf'>,
  doer: Doer,
): Promise<{ id: string; created: boolean }> {
  const body = {
    ...asked,
    type: 'normal' as const,
    window: null,
    sample: false,
  };
  try {
    return { id: await createChange(deps, body, doer), created: true };
  } catch (error) {
    const words = wordsOfError(error as Error);
    if (words?.code !== 'change.twin') throw error;
    return { id: String(words.params.id), created: false };
  }
}

/** Another run of the pipeline may have been faster; then it is submitted. */
async function submitOnce(
  deps: CaseDeps,
  { id, revision }: ChangeRow,
  doer: Doer,
): Promise<void> {
  try {
    await submitChange(deps, id, { revision }, doer);
  } catch (error) {
    const isLate =
      wordsOfError(error as Error)?.code === 'ILLEGAL_TRANSITION' &&
      (await readChange(deps.db, id)).state !== 'draft';
    if (!isLate) throw error;
  }
}

function requireCaller(
  deps: CaseDeps,
  entityRef: string,
  caller: string,
): void {
  if (mayAsk(deps, { entityRef }, caller)) return;
  throw notAllowed('run.caller', { entity: entityRef });
}

async function requireOwner(
  deps: CaseDeps,
  entityRef: string,
  environment: string,
  user: string,
): Promise<void> {
  const { owner } = await deps.place({ entityRef, environment });
  const person = await readPerson(deps, user, await databaseNow(deps.db));
  const isOwner =
    owner !== null && (owner === user || person?.groups.includes(owner));
  if (person && isOwner) return;
  throw notAllowed('ci.not_owner', {
    user,
    owner: owner ?? '–',
    entity: entityRef,
  });
}
