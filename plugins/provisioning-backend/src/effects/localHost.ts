import type {
  AtticResponse,
  CommitsQuery,
  CommitsResponse,
  DriftResponse,
  EntitiesResponse,
  Isolation,
  LogsResponse,
  OperatorResponse,
  Release,
  Revision,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import type {
  RenderedFile,
  RepositoryFact,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Said } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import type { EffectDriver, EffectRequest } from './driver';

/** A push that moved main of a local repository. */
export interface PushedMain {
  requestId: string;
  commit: string;
  /** Entity ref of who pushed; undefined for the portal itself, whose pushes its runs know. */
  by: string | undefined;
}

/** What the local host asks of the core. */
export interface LocalHostAsks {
  /** The request as the ledger has it; undefined for none that keeps its name. */
  requestOf(id: string): Promise<EffectRequest | undefined>;
  requestNamed(
    namespace: string,
    name: string,
  ): Promise<EffectRequest | undefined>;
  /** What a person may do with the repository of a request, by catalog and policy of now. */
  mayUse(
    userRef: string,
    requestId: string,
  ): Promise<{ pull: boolean; push: boolean }>;
  /**
   * Main moved; kept before it returns. What a crash kept from being told is told
   * at the next start, so a commit that was told before is nothing new. A merge is
   * told as well, before `merge` returns.
   */
  pushed(push: PushedMain): Promise<void>;
  /** A request's service, findings or releases are not what they were; screens are told. */
  changed(requestId: string): void;
  /**
   * What the newest version of a request's template makes of its spec; undefined
   * where there is no template of that name any more. Without it, a service is
   * never behind.
   */
  newest?(
    request: EffectRequest,
  ): Promise<{ version: string; files: readonly RenderedFile[] } | undefined>;
}

/** A merge of a reviewed update. */
export type MergeOutcome =
  | { outcome: 'merged'; commit: string }
  /** Main is no longer what was looked at. */
  | { outcome: 'moved'; head: string }
  | { outcome: 'conflicts'; paths: readonly string[] }
  | { outcome: 'gone' };

/**
 * Repositories, builds and running services on the computer of the portal. The
 * core knows it by this alone; a portal without it has none (`undefined`), and
 * replicas that do not hold the lease `local-host` answer reads from the rows.
 */
export interface LocalHost {
  /** Makes the effects of requests whose repository is local. */
  readonly drivers: readonly EffectDriver[];
  /** What was tried at start, for the operator page and the cards of templates. */
  checks(): OperatorResponse['checks'];
  /** Whether something is missing, in words; undefined when services can run here. */
  obstacle(): Said | undefined;
  /** What it means to run here ("runs code on this computer"). */
  words(): Said;
  /** Whether services are built and run, not only kept in repositories. */
  deploys(): boolean;
  /** What keeps services from this computer; null where none is run. */
  isolation(): Isolation | null;

  observe(key: {
    namespace: string;
    name: string;
    bundleDigest: string;
  }): Promise<RepositoryFact>;

  serviceOf(requestId: string): Promise<Service>;
  servicesOf(
    requestIds: readonly string[],
  ): Promise<ReadonlyMap<string, Service>>;
  releasesOf(requestId: string): Promise<Release[]>;
  findingsOf(requestId: string): Promise<Said[]>;
  /** What the catalog is told, a page of it; for `GET /entities`. */
  entities(asked: {
    cursor?: string;
    limit: number;
  }): Promise<EntitiesResponse>;
  /** Address to clone from, without user and password; null where there is none (yet). */
  cloneUrlOf(requestId: string): Promise<string | null>;

  /** @throws ConflictError where there is nothing to start, or the holder is another replica */
  start(requestId: string): Promise<Service>;
  stop(requestId: string): Promise<Service>;
  serviceLog(
    requestId: string,
    after: string | undefined,
  ): Promise<LogsResponse>;

  driftOf(request: EffectRequest): Promise<DriftResponse>;
  /** The newest commit of main with a green build; undefined where there is none. */
  newestGreen(
    requestId: string,
  ): Promise<{ commit: string; digest: string } | undefined>;

  reviewOf(
    request: EffectRequest,
    revision: number,
  ): Promise<Revision['review']>;
  merge(
    request: EffectRequest,
    merge: { revision: number; head: string; by: string },
  ): Promise<MergeOutcome>;

  /** The kept `git bundle` of a deleted repository; undefined where none is kept. */
  atticOf(requestId: string): Promise<AtticResponse | undefined>;
  /** Commits of other people in the repository, for the list of what a destroy takes. */
  othersCommits(
    requestId: string,
  ): Promise<{ commit: string; author: string; subject: string }[]>;

  /**
   * The commits between two of the repository, without whose runs the portal's own
   * are; undefined where there is no such repository.
   *
   * @throws AwayError where another replica is the local host, or git takes too long
   */
  commitsOf(
    requestId: string,
    asked: CommitsQuery,
  ): Promise<Omit<CommitsResponse, 'asOf'> | undefined>;

  /** A password for git, stored hashed and shown once. */
  makeToken(
    userRef: string,
    requestId: string,
  ): Promise<{ user: string; token: string; expiresAt: string }>;

  /**
   * This replica holds the lease `local-host` from now on: what an earlier holder
   * left running is swept before this resolves, and only then effects begin. The
   * signal aborts when the lease is lost.
   */
  hold?(signal: AbortSignal): Promise<void>;

  /** Ends everything that runs here: the portal stops. */
  close(): Promise<void>;
}

/** What the local host is started with. */
export interface LocalHostStart {
  asks: LocalHostAsks;
  /** Where it keeps repositories, checkouts and logs. */
  directory: string;
  /** The database of this plugin. */
  db: Knex;
  logger: LoggerService;
  /** Takes secrets out of a text. */
  redact(text: string): string;
}

/** Starts the local host of this replica; it makes nothing before `hold`. */
export type StartLocalHost = (options: LocalHostStart) => Promise<LocalHost>;
