import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../clock';
import type { FileLog } from '../logs/fileLog';
import { say } from '../logs/log';
import type { Limits, Sandbox } from '../sandbox/sandbox';
import type { Uids } from '../sandbox/uids';
import type { Children } from './children';
import { Forwarder } from './forwarder';
import {
  becomeHealthy,
  isHealthy,
  type HealthRules,
  type HealthTimes,
  type Unhealthy,
} from './health';
import { RunningService } from './runningService';
import {
  sorryFor,
  type ServiceRow,
  type ServiceRows,
  type StopReason,
} from './serviceState';

/** How long calls under way are waited for, in milliseconds. */
const DRAINED_WITHIN = 5_000;

/** What a service is run with. */
export interface ServiceContext {
  logger: LoggerService;
  sandbox: Sandbox;
  rows: ServiceRows;
  children: Children;
  uids: Uids;
  clock: Clock;
  limits: Limits;
  log: FileLog;
  rules: HealthRules;
}

/** A release to serve. */
export interface Serve {
  /** Its files. */
  app: string;
  release: string;
  env: Readonly<Record<string, string>>;
  paths?: { health?: string; ready?: string };
  /** The moment that seconds are counted from. */
  begun: number;
  signal?: AbortSignal;
}

/** What became of it. */
export type Outcome =
  | { outcome: 'healthy'; address: string; seconds: HealthTimes }
  | {
      outcome: 'unhealthy';
      why: Unhealthy;
      /** The release that serves as before; undefined where none did. */
      serving: string | undefined;
    }
  | { outcome: 'superseded' };

/** One service: its address, and the release that answers there. */
export class Service {
  readonly log: FileLog;
  private readonly forwarder: Forwarder;
  private listening: Promise<number> | undefined;
  private current: { release: string; running: RunningService } | undefined;
  private row: ServiceRow | undefined;
  /** One thing after the other happens to it. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly id: string,
    private readonly context: ServiceContext,
  ) {
    this.log = context.log;
    this.forwarder = new Forwarder(context.clock);
  }

  /** Its address, whether or not anything answers there. */
  get address(): string {
    return this.forwarder.address;
  }

  /** Its address while it runs. */
  get runningAt(): string | undefined {
    return this.current && this.forwarder.address;
  }

  /** Milliseconds since it was called; 0 while it does not run. */
  get idleFor(): number {
    if (!this.current) return 0;
    return this.context.clock.now() - this.forwarder.lastCall;
  }

  /** Starts a release, and serves it once it is healthy. */
  serve(serve: Serve): Promise<Outcome> {
    return this.inTurn(() => this.tryToServe(serve));
  }

  /** Stops what runs. */
  stop(reason: StopReason): Promise<void> {
    return this.inTurn(async () => {
      const before = this.current;
      this.row ??= await this.context.rows.load(this.id);
      if (!this.row || this.row.state === 'stopped') return;
      this.current = undefined;
      this.forwarder.detach(sorryFor(reason));
      await this.save({ state: 'stopped', reason, release: before?.release });
      await say(this.log, `Stopped: ${reason}`);
      await this.end(before?.running);
    });
  }

  /** Gives its address up. */
  async close(): Promise<void> {
    if (this.listening) {
      await this.listening;
      await this.forwarder.stop();
      this.listening = undefined;
    }
  }

  private async tryToServe(serve: Serve): Promise<Outcome> {
    const { release, signal } = serve;
    if (signal?.aborted) return { outcome: 'superseded' };
    await this.listen();
    const { sandbox, uids, children, limits } = this.context;
    if (!this.current) await this.save({ state: 'starting', release });
    await say(this.log, `Starting release ${release.slice(0, 12)}`);
    const running = await RunningService.start({
      sandbox,
      uids,
      children,
      limits,
      app: serve.app,
      env: serve.env,
      log: this.log,
    });
    try {
      // Nothing else answers there, so it may as well be seen coming up.
      if (!this.current) this.forwarder.switchTo(running.connect);
      const result = await this.healthOf(running, serve);
      if (isHealthy(result)) {
        await this.switchTo(release, running);
        return { outcome: 'healthy', address: this.address, seconds: result };
      }
      await this.giveUp(running, result);
      const serving = this.current?.release;
      return { outcome: 'unhealthy', why: result, serving };
    } catch (error) {
      await this.giveUp(running, { why: 'silent', code: null });
      if (signal?.aborted) return { outcome: 'superseded' };
      throw error;
    }
  }

  private healthOf(running: RunningService, { paths, begun, signal }: Serve) {
    const { clock, rules } = this.context;
    return becomeHealthy({
      connect: running.connect,
      // Where people will call it, unless another one answers there as yet.
      address: this.current ? running.connect : this.forwarder.connect,
      rules: { ...rules, ...paths },
      host: this.forwarder.host,
      clock,
      begun,
      exited: () => running.exit,
      signal,
    });
  }

  /** From now on the new one answers; then the old one goes. */
  private async switchTo(release: string, running: RunningService) {
    const before = this.current;
    this.forwarder.switchTo(running.connect);
    this.current = { release, running };
    running.ended.then(
      why => this.onEnded(running, why),
      error => this.context.logger.error(`Service ${this.id} is lost`, error),
    );
    await this.save({ state: 'healthy', release });
    await this.end(before?.running);
  }

  /** Nobody calls it any more; who did is answered. */
  private async end(running: RunningService | undefined) {
    if (!running) return;
    await this.forwarder.drained(running.connect, DRAINED_WITHIN);
    await running.stop();
  }

  private async giveUp(running: RunningService, why: Unhealthy) {
    const words = why.code === null ? why.why : `${why.why} (${why.code})`;
    await say(this.log, `Not healthy: ${words}`);
    if (!this.current) this.forwarder.detach(sorryFor('never_healthy'));
    await running.stop();
    if (!this.current) await this.save({ state: 'unhealthy' });
  }

  /** It ended by itself, unless it was not the one that serves any more. */
  private onEnded(running: RunningService, { why }: Unhealthy) {
    this.inTurn(async () => {
      if (this.current?.running !== running) return;
      const { release } = this.current;
      const reason = why === 'limit' ? 'limit' : 'exited';
      this.current = undefined;
      this.forwarder.detach(sorryFor(reason));
      await say(this.log, `Stopped: ${reason}`);
      await this.save({ state: 'stopped', reason, release });
    }).catch(error => {
      this.context.logger.error(`The end of service ${this.id}`, error);
    });
  }

  /** Listens at the address of last time. */
  private async listen() {
    this.row ??= await this.context.rows.load(this.id);
    this.listening ??= this.forwarder.start(this.row?.port ?? undefined);
    return this.listening;
  }

  private async save(change: {
    state: ServiceRow['state'];
    reason?: StopReason;
    release?: string;
  }) {
    const row: ServiceRow = {
      state: change.state,
      reason: change.reason ?? null,
      release: change.release ?? this.row?.release ?? null,
      port: (await this.listening) ?? this.row?.port ?? null,
    };
    await this.context.rows.save(this.id, row);
    this.row = row;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => {});
    return result;
  }
}
