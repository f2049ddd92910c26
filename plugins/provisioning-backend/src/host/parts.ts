import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Outbox } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import type { LocalHostAsks } from '../effects/localHost';
import type {
  Clock,
  Deployer,
  GitRemote,
  RemoteRepository,
  Sandbox,
} from '../local';
import type { Attic } from './attic';
import type { Builds } from './builds';
import type { EntityRows } from './entities/entityRows';
import type { GitAccess } from './gitAccess';
import type { History } from './history';
import type { LocalHostOptions } from './options';
import type { Proposals } from './proposals';
import type { Pushes } from './pushes';
import type { Repositories } from './repositories';
import type { RepositoryRow } from './store';
import type { DbServiceRows } from './rows';
import type { Running } from './running';
import type { Tellers } from './telling';

/** What the local host is made of; its drivers and answers work with these. */
export interface HostParts {
  options: LocalHostOptions;
  asks: LocalHostAsks;
  db: Knex;
  logger: LoggerService;
  clock: Clock;
  /** Milliseconds since 1970. */
  now(): number;
  outbox: Outbox;
  tellers: Tellers;
  /** Tells at once what was put into the outbox. */
  nudge(): void;
  repositories: Repositories;
  access: GitAccess;
  remote: GitRemote;
  pushes: Pushes;
  proposals: Proposals;
  builds: Builds;
  history: History;
  entities: EntityRows;
  attic: Attic;
  services: DbServiceRows;
  running: Running;
  /** Undefined where nothing is built or run. */
  deployer: Deployer | undefined;
  sandbox: Sandbox | undefined;
}

/** The portal's own way to a repository: over http, as everybody's. */
export function remoteOf(
  { remote, access, options }: HostParts,
  { namespace, name }: Pick<RepositoryRow, 'namespace' | 'name'>,
): RemoteRepository {
  const own = {
    url: remote.urlOf(`${namespace}/${name}`),
    credentials: access.portal,
  };
  return options.via?.(own) ?? own;
}
