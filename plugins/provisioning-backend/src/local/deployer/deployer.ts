import type { LoggerService } from '@backstage/backend-plugin-api';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, type Clock } from '../clock';
import { FileLog } from '../logs/fileLog';
import { Redactor } from '../logs/redactor';
import { MAX_LOG } from '../logs/boundedLog';
import type { LogPage, LogStream } from '../logs/log';
import { emptyRunFolder } from '../sandbox/runFolder';
import { SERVICE_LIMITS, type Sandbox } from '../sandbox/sandbox';
import { Uids } from '../sandbox/uids';
import { build, type BuildRequest, type Built } from './build';
import { sweepChildren, type Children } from './children';
import {
  HEALTH_RULES,
  type HealthRules,
  type HealthTimes,
  type Unhealthy,
} from './health';
import { Releases } from './releases';
import { Service, type Serve } from './service';
import type { ServiceRows, StopReason } from './serviceState';

/** What the deployer asks of the rest of the portal. */
export interface DeployerOptions {
  logger: LoggerService;
  sandbox: Sandbox;
  /**
   * Folder for releases and logs. Users that services run as have to find their
   * way through it, where there is no bubblewrap and the portal is root.
   */
  directory: string;
  rows: ServiceRows;
  children: Children;
  /** What stands before each line of a service's log. */
  stamp?(stream: LogStream): string;
  /** Never to be in a log. */
  secrets?: readonly string[];
  clock?: Clock;
  /** Registry that npm is set to, where it is not of https. */
  registry?: string;
  rules?: Partial<HealthRules>;
  /** Milliseconds without a call after which a service is stopped (default 8 hours). */
  idleAfter?: number;
  /** Milliseconds for a step of a build (default 5 minutes). */
  buildTimeout?: number;
}

/** A release to serve. */
export interface DeployRequest {
  service: string;
  /** Its digest, as a build named it. */
  release: string;
  /** A rollback that does not work is a person's to decide; there is no way back from it. */
  kind: 'deploy' | 'rollback' | 'start';
  /** The release that was healthy last, to go back to. */
  previous?: string;
  /** Variables of OpenTelemetry. */
  env?: Readonly<Record<string, string>>;
  /** The paths it answers at, where they are not /health and /ready. */
  paths?: { health?: string; ready?: string };
  /** Aborts when a newer release takes its place. */
  signal?: AbortSignal;
}

/** What serves now. */
export type Deployed =
  | { outcome: 'healthy'; address: string; seconds: HealthTimes }
  /** The release before it serves. */
  | { outcome: 'went-back'; to: string; address: string; why: Unhealthy }
  /** Nothing serves: there was nothing before it. */
  | { outcome: 'failed'; why: Unhealthy }
  /** Neither it nor what was before it is healthy, or it was a rollback. */
  | { outcome: 'needs-person'; why: Unhealthy }
  /** A newer one takes its place. */
  | { outcome: 'superseded' }
  /** It is not on this machine any more; build it again. */
  | { outcome: 'missing' };

const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * Builds services of this machine and runs them: a release in a sandbox, an
 * address that stays, and the way back when a new release is not healthy.
 */
export class Deployer {
  private readonly clock: Clock;
  private readonly releases: Releases;
  private readonly uids = new Uids();
  private readonly services = new Map<string, Service>();
  private readonly redactor: Redactor;
  private readonly over = new AbortController();
  private watching: Promise<void> | undefined;

  constructor(private readonly options: DeployerOptions) {
    this.clock = options.clock ?? systemClock;
    this.releases = new Releases(join(options.directory, 'releases'));
    this.redactor = new Redactor(options.secrets);
  }

  /**
   * Puts in order what an earlier portal left: nothing of it runs any more, and
   * every service is stopped until somebody starts it.
   *
   * @param machine - whether it is the machine of then, and has not started anew
   */
  async start(
    machine: 'same' | 'started-anew' | 'other' = 'same',
  ): Promise<void> {
    const { rows, children, logger, sandbox } = this.options;
    await sweepChildren(children, machine === 'same', logger);
    await emptyRunFolder(sandbox.folder);
    await this.releases.tidy();
    const reason = machine === 'other' ? 'other_machine' : 'portal_restarted';
    for (const id of await rows.ids()) {
      const row = await rows.load(id);
      if (row && row.state !== 'stopped') {
        await rows.save(id, { ...row, state: 'stopped', reason });
      }
    }
    this.watching = this.watch();
  }

  /** Builds a commit; see build. */
  build(request: BuildRequest): Promise<Built> {
    const { sandbox, children, registry } = this.options;
    const signal = this.until(request.signal);
    return build(
      { ...request, signal },
      {
        sandbox,
        children,
        registry,
        releases: this.releases,
        uids: this.uids,
        clock: this.clock,
        timeout: this.options.buildTimeout ?? 5 * MINUTE,
      },
    );
  }

  /**
   * Serves a release. What serves now goes on until the new one is healthy.
   *
   * @throws Error when a row cannot be written, or a process not be started
   */
  async deploy(request: DeployRequest): Promise<Deployed> {
    const { service: id, release, kind, previous, env = {}, paths } = request;
    const begun = this.clock.now();
    const app = await this.releases.find(id, release);
    if (!app) return { outcome: 'missing' };
    const signal = this.until(request.signal);
    const wanted: Serve = { app, release, env, paths, begun, signal };
    const service = this.serviceOf(id);
    const tried = await service.serve(wanted);
    if (tried.outcome !== 'unhealthy') return tried;
    const { why, serving } = tried;
    if (kind === 'rollback') return { outcome: 'needs-person', why };
    if (serving) {
      const { address } = service;
      return { outcome: 'went-back', to: serving, address, why };
    }
    if (kind === 'start') return { outcome: 'failed', why };
    if (!previous || previous === release) {
      await service.stop('never_healthy');
      return { outcome: 'failed', why };
    }
    const before = await this.releases.find(id, previous);
    if (!before) return { outcome: 'needs-person', why };
    const back = await service.serve({
      ...wanted,
      app: before,
      release: previous,
    });
    if (back.outcome === 'superseded') return back;
    if (back.outcome === 'unhealthy') return { outcome: 'needs-person', why };
    return { outcome: 'went-back', to: previous, address: back.address, why };
  }

  /** Stops a service; one that does not run is left as it is. */
  async stop(id: string, reason: StopReason = 'asked'): Promise<void> {
    await this.serviceOf(id).stop(reason);
  }

  /** Whether a release is on this machine. */
  async has(id: string, release: string): Promise<boolean> {
    return (await this.releases.find(id, release)) !== undefined;
  }

  /** Where a service is reached while it runs. */
  addressOf(id: string): string | undefined {
    return this.services.get(id)?.runningAt;
  }

  /** The service's log from a place on. */
  readLog(id: string, after?: number): Promise<LogPage> {
    return this.serviceOf(id).log.read(after);
  }

  /** Deletes releases but these. */
  async prune(id: string, keep: readonly string[]): Promise<void> {
    await this.releases.prune(id, keep);
  }

  /** Stops a service and deletes all there is of it. */
  async remove(id: string): Promise<void> {
    const service = this.serviceOf(id);
    await service.stop('asked');
    await service.close();
    this.services.delete(id);
    await this.releases.remove(id);
    await rm(this.logOf(id), { recursive: true, force: true });
  }

  /** Ends everything that runs. Rows say that the portal was restarted. */
  async close(): Promise<void> {
    this.over.abort(new Error('The portal is stopping'));
    await this.watching;
    await Promise.all(
      [...this.services.values()].map(async service => {
        await service.stop('portal_restarted');
        await service.close();
      }),
    );
  }

  /** Until nobody wants it any more, or the portal stops. */
  private until(signal: AbortSignal | undefined): AbortSignal {
    const { signal: over } = this.over;
    return signal ? AbortSignal.any([signal, over]) : over;
  }

  private serviceOf(id: string): Service {
    let service = this.services.get(id);
    if (!service) {
      const { sandbox, children, rows, rules, logger, stamp } = this.options;
      service = new Service(id, {
        sandbox,
        children,
        rows,
        logger,
        uids: this.uids,
        clock: this.clock,
        limits: SERVICE_LIMITS,
        log: new FileLog(this.logOf(id), this.redactor, MAX_LOG, stamp),
        rules: { ...HEALTH_RULES, ...rules },
      });
      this.services.set(id, service);
    }
    return service;
  }

  private logOf(id: string): string {
    return join(this.options.directory, 'logs', id);
  }

  /** Stops what nobody calls. */
  private async watch(): Promise<void> {
    const { idleAfter = 8 * HOUR, logger } = this.options;
    const { signal } = this.over;
    while (!signal.aborted) {
      try {
        await this.clock.sleep(MINUTE, signal);
      } catch {
        return;
      }
      for (const [id, service] of this.services) {
        if (service.idleFor < idleAfter) continue;
        await service.stop('idle').catch(error => {
          logger.error(`Service ${id} could not be stopped`, error);
        });
      }
    }
  }
}
