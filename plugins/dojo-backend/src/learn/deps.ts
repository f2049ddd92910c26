import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import type { Knex } from 'knex';
import type { Library } from '../content/library';
import type { Chance } from './chance';

/** What use cases are made of. */
export interface LearnDeps {
  db: Knex;
  library: Library;
  chance: Chance;
  /** By the type content names them with. */
  checks: ReadonlyMap<string, DojoCheck>;
  logger: LoggerService;
  now(): number;
}
