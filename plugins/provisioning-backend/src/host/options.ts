import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { Clock, HealthRules, RemoteRepository, Sandbox } from '../local';

/** What the local host is started with. */
export interface LocalHostOptions {
  /** Of the plugin, migrated. */
  db: Knex;
  logger: LoggerService;
  /** `provisioning.local.directory`, absolute: repositories, releases, logs. */
  directory: string;
  events: EventsService;
  delivery: Pick<DeliveryService, 'tell'>;
  /** The plugin's own, to tell the delivery plugin with. */
  credentials(): Promise<BackstageCredentials>;
  /**
   * Whether the catalog has an entity as this request told it; the effect waits
   * until it does. Left out: it does not wait.
   */
  inCatalog?(entityRef: string, requestId: string): Promise<boolean>;
  /** Where TechDocs keeps what it built, so that it goes with the service. */
  documentsDirectory?: string;
  /** Most services that run at a time (default 10). */
  runningLimit?: number;
  /** Registry that npm is set to, where it is not of https. */
  registry?: string;
  /** Never to be in a log. */
  secrets?: readonly string[];
  clock?: Clock;
  rules?: Partial<HealthRules>;
  /** Milliseconds without a call after which a service is stopped (default 8 hours). */
  idleAfter?: number;
  /** The sandbox as it was found before (default: it is tried now). */
  sandbox?: Sandbox;
  /** The way to a repository, where a test puts something in between. */
  via?(remote: RemoteRepository): RemoteRepository;
}
