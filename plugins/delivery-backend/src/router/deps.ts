import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { DeliveryConfig } from '../config';
import type { Backfills } from '../jobs/backfill';
import type { Mapper } from '../intake/mappers';
import type { ScopeResolver } from '../measure/scope';
import type { ServiceAccess } from '../permissions/access';

/** What the routes are made of. */
export interface RouterDeps {
  db: Knex;
  config: DeliveryConfig;
  logger: LoggerService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  auditor: AuditorService;
  access: ServiceAccess;
  scopes: ScopeResolver;
  sources: ReadonlyMap<string, DeliverySource>;
  mappers: ReadonlyMap<string, Mapper>;
  backfills: Backfills;
  now: () => number;
  /** Tells the worker that something waits. */
  nudge(): void;
}
