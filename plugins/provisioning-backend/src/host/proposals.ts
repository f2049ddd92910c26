import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Said } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { proposals, type ProposalRow } from './store';

/** A file that waits for a person. */
export interface Conflict {
  path: string;
  reason: Said;
}

/** Updates that wait for a review. */
export class Proposals {
  constructor(private readonly db: Knex) {}

  async find(
    requestId: string,
    revision: number,
  ): Promise<ProposalRow | undefined> {
    const [row] = await select(
      this.db(proposals.name).where({ request_id: requestId, revision }),
      proposals,
    );
    return row;
  }

  /** Whether a later one takes its place. */
  async hasLater(requestId: string, revision: number): Promise<boolean> {
    const rows = await select(
      this.db(proposals.name)
        .where({ request_id: requestId })
        .where('revision', '>', revision)
        .limit(1),
      proposals,
      'revision',
    );
    return rows.length > 0;
  }

  async keep(row: ProposalRow): Promise<void> {
    await insertRows(
      this.db,
      proposals,
      [{ ...row, merged: Boolean(row.merged) }],
      {
        update: ['branch', 'base', 'tip', 'rendered', 'conflicts', 'merged'],
      },
    );
  }

  async forget(requestId: string): Promise<void> {
    await this.db(proposals.name).where({ request_id: requestId }).delete();
  }
}

/** The files of a proposal that wait for a person. */
export function conflictsOf(row: ProposalRow): Conflict[] {
  return JSON.parse(row.conflicts) as Conflict[];
}
