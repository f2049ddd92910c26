import type { LoggerService } from '@backstage/backend-plugin-api';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Outbox } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import type { LocalHostAsks } from '../effects/localHost';
import { commitsBetween, movesSince, type Move, type Pushed } from '../local';
import { commitEvent } from './deliveryEvents';
import type { GitAccess } from './gitAccess';
import type { Repositories } from './repositories';
import type { RepositoryRow } from './store';
import { forDelivery } from './telling';

/** Most commits of one push that are told; a longer history was somebody's before. */
const MOST_COMMITS = 500;

/** What pushes are worked off with. */
export interface PushesOptions {
  db: Knex;
  logger: LoggerService;
  repositories: Repositories;
  access: GitAccess;
  outbox: Outbox;
  asks: Pick<LocalHostAsks, 'pushed' | 'requestOf'>;
  /** Reads again what main says of the service. */
  onMain(row: RepositoryRow, commit: string): Promise<void>;
  nudge(): void;
}

/**
 * Hands on how main of a repository moved. What git wrote down is compared with
 * what was told, so a crash between the two only makes it later. Each move is
 * told to the core before it is crossed off; it knows a commit it was told before.
 */
export class Pushes {
  /** Repositories of which something may be untold. */
  private readonly open = new Set<string>();
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly options: PushesOptions) {}

  /** A name moved; whoever pushed waits for this. */
  readonly onPushed = async ({ repository, ref }: Pushed): Promise<void> => {
    if (ref !== 'refs/heads/main') return;
    const row = await this.options.repositories.byAddress(repository);
    if (row) await this.tell(row.id);
  };

  /** Tells what is untold of one repository. */
  async tell(id: string): Promise<void> {
    this.open.add(id);
    const turn = (this.turns.get(id) ?? Promise.resolve())
      .catch(() => {})
      .then(() => this.work(id));
    this.turns.set(id, turn);
    try {
      await turn;
      this.open.delete(id);
    } catch (error) {
      // The others have their turn before it is tried again.
      this.open.delete(id);
      this.open.add(id);
      throw error;
    } finally {
      if (this.turns.get(id) === turn) this.turns.delete(id);
    }
  }

  /** Tells what could not be told before; a step of a worker. */
  readonly step = async (): Promise<number> => {
    const [id] = this.open;
    if (id === undefined) return 0;
    await this.tell(id);
    return 1;
  };

  /** Tells what a crash kept from being told. */
  async catchUp(): Promise<void> {
    const { repositories, logger } = this.options;
    for (const row of await repositories.all()) {
      await this.tell(row.id).catch(error =>
        logger.error(`Pushes to ${row.name} could not be told`, error as Error),
      );
    }
  }

  private async work(id: string): Promise<void> {
    const { repositories } = this.options;
    const row = await repositories.byId(id);
    if (!row?.made_at || row.request_id === null) return;
    const directory = repositories.directoryOf(row);
    const moves = await movesSince(directory, row.told_main);
    for (const move of moves) await this.handOn(row, directory, move);
    const main = moves.at(-1)?.after ?? row.told_main;
    if (main && main !== row.read_main) await this.options.onMain(row, main);
  }

  private async handOn(row: RepositoryRow, directory: string, move: Move) {
    const { db, outbox, asks, repositories, access, nudge } = this.options;
    const requestId = row.request_id!;
    const { commits } = await commitsBetween(
      directory,
      move.before,
      move.after,
      MOST_COMMITS,
    );
    await asks.pushed({
      requestId,
      commit: move.after,
      by: move.user === access.portal.user ? undefined : move.user,
    });
    const events = commits
      .map(commit => commitEvent(row, commit, move.at * 1_000))
      .reverse();
    await inTransaction(db, async tx => {
      await repositories.update(row, { told_main: move.after }, tx);
      await outbox.put(
        tx,
        forDelivery(requestId, `push/${move.after}`, events),
      );
    });
    nudge();
  }
}
