import type {
  EffectType,
  NormalSpec,
  PlannedEffect,
  RequestState,
  RunKind,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  planDestroy,
  remainingEffects,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import type { Initiator } from '../people/people';
import { read, written } from '../store/json';
import { effectsOf, runsOf } from '../store/requests';
import {
  tables,
  type EffectRow,
  type RequestRow,
  type RunRow,
} from '../store/tables';

/** A planned effect, and which effects it takes back. */
export interface LedgerPlan extends PlannedEffect {
  undoes?: readonly EffectType[];
}

/** A run that is to begin. */
export interface NewRun {
  kind: RunKind;
  initiator: Initiator;
  revision: number;
  effects: readonly LedgerPlan[];
  /** The state in which the request is while it goes on. */
  state: RequestState;
  /** The run whose plan this one goes on with. */
  rootId?: string;
  /** Ids of effects that may be there already: looked up before anything is sent. */
  lookUpFirst?: ReadonlySet<string>;
  commit?: string;
  digest?: string;
  purge?: boolean;
}

/** Writes a run and its effects into the ledger; none of it is done yet. */
export async function beginRun(
  tx: Knex.Transaction,
  request: RequestRow,
  run: NewRun,
  now: number,
): Promise<string> {
  const id = uuid();
  const [{ last }] = await tx('runs')
    .where('request_id', request.id)
    .max({ last: 'number' });
  await insertRows(tx, tables.runs, [
    {
      id,
      request_id: request.id,
      root_id: run.rootId ?? id,
      number: Number(last ?? 0) + 1,
      kind: run.kind,
      direction: run.kind === 'destroy' ? 'back' : 'forward',
      state: 'running',
      reason: null,
      initiator: run.initiator.ref,
      rights: run.initiator.rights,
      revision: run.revision,
      asked: null,
      asked_at: null,
      wanted_commit: run.commit ?? null,
      wanted_digest: run.digest ?? null,
      purge: run.purge ?? false,
      started_at: now,
      finished_at: null,
      moved_at: now,
    },
  ]);
  await insertEffects(tx, request.id, id, run.effects, run.lookUpFirst);
  await tx('requests').where('id', request.id).update({
    state: run.state,
    reason: null,
    run_id: id,
    updated_at: now,
  });
  return id;
}

/** Adds planned effects to a run, behind those it has. */
export async function insertEffects(
  tx: Knex.Transaction,
  requestId: string,
  runId: string,
  effects: readonly LedgerPlan[],
  lookUpFirst: ReadonlySet<string> = new Set(),
): Promise<void> {
  const [{ last }] = await tx('effects')
    .where('run_id', runId)
    .max({ last: 'position' });
  const first = Number(last ?? -1) + 1;
  await insertRows(
    tx,
    tables.effects,
    effects.map((effect, index) => ({
      run_id: runId,
      id: effect.id,
      request_id: requestId,
      position: first + index,
      type: effect.type,
      title: written(effect.title),
      undo_class: effect.undoClass,
      undo: written(effect.undo),
      depends_on: written(effect.dependsOn),
      undoes: written(effect.undoes ?? []),
      origin: effect.origin,
      state: lookUpFirst.has(effect.id) ? 'unknown' : 'planned',
      reason: null,
      unreadable: false,
      permanent: false,
      needs_person: false,
      attempts: 0,
      links: '[]',
      output: '{}',
      started_at: null,
      finished_at: null,
      log_bytes: 0,
      log_next: 0,
      log_cut: false,
    })),
  );
}

/** An effect of the ledger as it was planned. */
export function plannedOf(row: EffectRow): LedgerPlan {
  return {
    id: row.id,
    type: row.type,
    title: read(row.title),
    undoClass: row.undo_class,
    undo: read(row.undo),
    dependsOn: read<string[]>(row.depends_on),
    origin: row.origin,
    undoes: read<EffectType[]>(row.undoes),
  };
}

/** An effect of the ledger as plans of taking back read it. */
export function madeOf(row: EffectRow) {
  const { id, type, state, origin, undo_class: undoClass } = row;
  return { id, type, state, origin, undoClass };
}

/** Effects that may be outside though nobody knows. */
function uncertain(effects: readonly EffectRow[]): Set<string> {
  const last = new Map<string, EffectRow['state']>();
  for (const { id, state } of effects) {
    if (state !== 'planned' && state !== 'skipped') last.set(id, state);
  }
  return new Set(
    [...last].filter(([, state]) => state === 'unknown').map(([id]) => id),
  );
}

/** What was perhaps taken back: nobody knows what became of its undo. */
function halfUndone(effects: readonly EffectRow[]): Set<EffectType> {
  return new Set(
    effects
      .filter(({ state }) => state === 'unknown')
      .flatMap(({ undoes }) => read<EffectType[]>(undoes)),
  );
}

/** The rest of what a run was to do; what may have been done is looked up first. */
export async function remainingOf(
  tx: Knex.Transaction,
  run: RunRow,
): Promise<Pick<NewRun, 'effects' | 'lookUpFirst' | 'rootId'>> {
  const all = await effectsOf(tx, run.request_id);
  const runs = await runsOf(tx, run.request_id);
  const chain = new Set(
    runs.filter(({ root_id }) => root_id === run.root_id).map(({ id }) => id),
  );
  const made = all.filter(({ run_id }) => chain.has(run_id));
  const planned = made
    .filter(({ run_id, undoes }) => run_id === run.root_id && undoes === '[]')
    .map(plannedOf);
  const doubted = halfUndone(made);
  const lookUpFirst = uncertain(made);
  for (const { id, type } of planned) {
    if (doubted.has(type)) lookUpFirst.add(id);
  }
  return {
    rootId: run.root_id,
    lookUpFirst,
    effects: remainingEffects(
      planned,
      made
        .map(madeOf)
        .map(each =>
          doubted.has(each.type)
            ? { ...each, state: 'unknown' as const }
            : each,
        ),
    ),
  };
}

/** What a destroy still has to take back, after those that did not get to the end. */
export async function destructionOf(
  tx: Knex.Transaction,
  request: RequestRow,
  spec: NormalSpec,
  purge: boolean,
): Promise<Pick<NewRun, 'effects' | 'lookUpFirst' | 'rootId'>> {
  const all = await effectsOf(tx, request.id);
  const runs = await runsOf(tx, request.id);
  const destroys = runs.filter(({ kind }) => kind === 'destroy');
  const ids = new Set(destroys.map(({ id }) => id));
  const undos = all.filter(({ run_id }) => ids.has(run_id));
  const planned = planDestroy(
    request,
    spec,
    all.filter(({ undoes }) => undoes === '[]').map(madeOf),
    { purge },
  );
  return {
    rootId: destroys[0]?.root_id,
    lookUpFirst: uncertain(undos),
    effects: remainingEffects(planned, undos.map(madeOf)) as LedgerPlan[],
  };
}
