import { Outbox } from '@fawkes/kit-backend/work';
import type { LocalHost, LocalHostAsks } from '../effects/localHost';
import { systemClock } from '../local';
import { EntityRows } from './entities/entityRows';
import { History } from './history';
import type { LocalHostOptions } from './options';
import { Reads } from './reads';
import { Repositories } from './repositories';
import { DbServiceRows } from './rows';
import { tables } from '../store/tables';

/** What a replica answers that is not the local host. */
export type LocalHostReads = Pick<
  LocalHost,
  'serviceOf' | 'servicesOf' | 'releasesOf' | 'findingsOf' | 'entities'
>;

/** The answers of the local host that are in its rows, for replicas that are not it. */
export function readLocalHost(
  asks: Pick<LocalHostAsks, 'requestOf' | 'changed'>,
  options: Pick<LocalHostOptions, 'db' | 'directory' | 'logger' | 'clock'>,
): LocalHostReads {
  const { db, directory, logger, clock = systemClock } = options;
  const now = () => clock.time();
  const outbox = new Outbox({
    db,
    table: tables.outbox,
    logger,
    tellers: {},
    now,
  });
  return new Reads({
    now,
    sandbox: undefined,
    services: new DbServiceRows(db, outbox, asks, now),
    history: new History(db, outbox, now),
    entities: new EntityRows({
      db,
      directory,
      outbox,
      asks,
      now,
      nudge: () => {},
      repositories: new Repositories(db, directory, now),
    }),
  });
}
