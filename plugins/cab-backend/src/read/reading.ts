import {
  STATE_SETS,
  type ChangesQuery,
  type ExportResponse,
  type RecordState,
} from '@fawkes/backstage-plugin-cab-common';
import { page, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { readHead } from '../record/append';
import { latestCheckpoint, type Checkpointer } from '../record/checkpoints';
import { exportOf, exportPage } from '../record/exportRecord';
import { guardDifferences } from '../record/guards';
import { databaseNow } from '../store/database';
import { changes, votes, type ChangeRow } from '../store/tables';
import { iso } from './summary';

/** What is read without being changed. */
export class Reading {
  constructor(
    private readonly db: Knex,
    private readonly checkpointer: Checkpointer,
  ) {}

  nowMs(): Promise<number> {
    return databaseNow(this.db);
  }

  async now(): Promise<string> {
    return iso(await this.nowMs());
  }

  async change(id: string): Promise<ChangeRow | undefined> {
    const [row] = await select(this.db(changes.name).where({ id }), changes);
    return row;
  }

  changes({
    entityRef,
    state,
    phase,
    environment,
    submitter,
    ...asked
  }: ChangesQuery) {
    const query = this.db(changes.name);
    if (phase !== undefined) query.whereIn('state', [...STATE_SETS[phase]]);
    if (submitter !== undefined) query.where('submitter', submitter);
    if (entityRef !== undefined) query.where('entity_ref', entityRef);
    if (state !== undefined) query.where('state', state);
    if (environment !== undefined) query.where('environment', environment);
    return page(query, changes, { at: 'created_at', key: 'id' }, asked);
  }

  /** How many live approvals each of these has in its round. */
  async approvals(
    rows: readonly ChangeRow[],
  ): Promise<ReadonlyMap<string, number>> {
    const rounds = new Map(rows.map(({ id, round }) => [id, round]));
    const live = await select(
      this.db(votes.name)
        .whereIn('change_id', [...rounds.keys()])
        .where({ state: 'live', decision: 'approve' }),
      votes,
      'change_id',
      'round',
    );
    const counts = new Map<string, number>();
    for (const { change_id, round } of live) {
      if (rounds.get(change_id) !== round) continue;
      counts.set(change_id, (counts.get(change_id) ?? 0) + 1);
    }
    return counts;
  }

  async record(): Promise<RecordState> {
    const { size } = await readHead(this.db);
    const latest = await latestCheckpoint(this.db);
    return {
      asOf: await this.now(),
      origin: this.checkpointer.signer.name,
      size,
      checkpoint: latest
        ? { size: Number(latest.size), note: latest.note }
        : null,
      roles: 'one',
      guards: await guardDifferences(this.db),
    };
  }

  /** What is exported is signed first: of an unsigned end nobody could say anything. */
  async exportRecord(asked: {
    from: number;
    limit: number;
  }): Promise<ExportResponse> {
    if (asked.from === 0) await this.checkpointer.checkpoint();
    return exportPage(this.db, this.checkpointer.signer.name, asked);
  }

  async exportChange(
    id: string,
    asked: { from: number; limit: number },
  ): Promise<ExportResponse> {
    await this.checkpointer.checkpoint();
    return exportOf(this.db, this.checkpointer.signer.name, id, asked);
  }

  keys() {
    return { record: [this.checkpointer.signer.verifierKey] };
  }
}
