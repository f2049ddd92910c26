import { insertRows, inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Outbox } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { LocalHostAsks } from '../effects/localHost';
import {
  LOOPBACK,
  type Children,
  type ProcessMark,
  type ServiceRow,
  type ServiceRows,
} from '../local';
import { children, services, type ServiceRecord } from './store';
import { forOthers, serviceEvent } from './telling';

/** Processes of this computer, in the database. */
export class ChildRows implements Children {
  constructor(private readonly db: Knex) {}

  async started({ pid, startTime }: ProcessMark): Promise<void> {
    await insertRows(
      this.db,
      children,
      [{ pid, start_time: startTime }],
      'keep',
    );
  }

  async ended({ pid, startTime }: ProcessMark): Promise<void> {
    await this.db(children.name).where({ pid, start_time: startTime }).delete();
  }

  async left(): Promise<ProcessMark[]> {
    const rows = await select(this.db(children.name), children);
    return rows.map(({ pid, start_time }) => ({ pid, startTime: start_time }));
  }
}

/** Services of this computer, in the database; what becomes of them is told. */
export class DbServiceRows implements ServiceRows {
  /** Called after each change, for who waits for one. */
  private readonly listeners = new Set<(id: string, row: ServiceRow) => void>();

  constructor(
    private readonly db: Knex,
    private readonly outbox: Outbox,
    private readonly asks: Pick<LocalHostAsks, 'requestOf' | 'changed'>,
    private readonly now: () => number,
  ) {}

  async load(id: string): Promise<ServiceRow | undefined> {
    const row = await this.find(id);
    if (!row) return undefined;
    const { state, reason, release, port } = row;
    return { state, reason, release, port };
  }

  async ids(): Promise<string[]> {
    const rows = await select(
      this.db(services.name).orderBy('request_id'),
      services,
      'request_id',
    );
    return rows.map(({ request_id }) => request_id);
  }

  async save(id: string, row: ServiceRow): Promise<void> {
    const before = await this.find(id);
    const at = this.now();
    const changed =
      before?.state !== row.state || before.release !== row.release;
    const news = changed ? await this.newsOf(id, row, at) : [];
    await inTransaction(this.db, async tx => {
      await insertRows(
        tx,
        services,
        [
          {
            request_id: id,
            ...row,
            since: changed ? at : before.since,
          },
        ],
        { update: ['state', 'reason', 'release', 'port', 'since'] },
      );
      await this.outbox.put(tx, news);
    });
    for (const hear of this.listeners) hear(id, row);
    this.asks.changed(id);
  }

  /** All of some services. */
  async many(ids: readonly string[]): Promise<Map<string, ServiceRecord>> {
    const rows = await select(
      this.db(services.name).whereIn('request_id', [...ids]),
      services,
    );
    return new Map(rows.map(row => [row.request_id, row]));
  }

  /** Ids of services whose process is there. */
  async up(): Promise<string[]> {
    const rows = await select(
      this.db(services.name)
        .whereIn('state', ['starting', 'healthy'])
        .orderBy('request_id'),
      services,
      'request_id',
    );
    return rows.map(({ request_id }) => request_id);
  }

  async forget(id: string): Promise<void> {
    await this.db(services.name).where({ request_id: id }).delete();
    this.asks.changed(id);
  }

  /** Resolves at the next change of a service. */
  next(id: string): { changed: Promise<void>; forget(): void } {
    let forget = () => {};
    const changed = new Promise<void>(resolve => {
      const hear = (heard: string) => heard === id && resolve();
      this.listeners.add(hear);
      forget = () => this.listeners.delete(hear);
    });
    return { changed: changed.finally(forget), forget };
  }

  async find(id: string): Promise<ServiceRecord | undefined> {
    return (await this.many([id])).get(id);
  }

  /** Starts and stops are events of their own, each told once. */
  private async newsOf(id: string, row: ServiceRow, at: number) {
    if (row.state !== 'healthy' && row.state !== 'stopped') return [];
    const request = await this.asks.requestOf(id);
    if (!request) return [];
    const event = serviceEvent(request, at);
    const name = `${row.state}/${randomUUID()}`;
    if (row.state === 'healthy') {
      return [
        forOthers(id, name, 'provisioning.service.started', {
          ...event,
          address: addressOf(row.port),
          release: row.release ?? '',
        }),
      ];
    }
    return [
      forOthers(id, name, 'provisioning.service.stopped', {
        ...event,
        reason: row.reason ?? 'asked',
      }),
    ];
  }
}

/** Where people reach a port of this computer. */
export function addressOf(port: number | null): string | null {
  return port === null ? null : `http://${LOOPBACK}:${port}`;
}
