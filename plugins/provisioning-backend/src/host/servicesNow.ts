import type {
  LogsResponse,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import { ConflictError } from '@backstage/errors';
import { saidError } from '@fawkes/kit-contract';
import type { LogStream } from '../local';
import { healthyBefore } from './history';
import type { HostParts } from './parts';
import { addressOf } from './rows';
import type { ServiceRecord } from './store';
import { say } from './words';

/** What there is before anything was started. */
const NONE: Service = {
  state: 'none',
  reason: null,
  since: null,
  address: null,
  release: null,
  isolation: null,
};

/** A service as pages show it. */
export function shownService(
  { sandbox }: Pick<HostParts, 'sandbox'>,
  row: ServiceRecord | undefined,
): Service {
  if (!row) return NONE;
  const { state, reason, since, port, release } = row;
  const up = state === 'starting' || state === 'healthy';
  return {
    state,
    reason,
    since: new Date(since).toISOString(),
    address: up ? addressOf(port) : null,
    release,
    isolation: sandbox?.words[0] ?? null,
  };
}

/** Starts what was stopped; answers as soon as it is written down that it starts. */
export async function startService(
  parts: HostParts,
  requestId: string,
): Promise<Service> {
  const { deployer, services, history, running, asks, logger } = parts;
  if (!deployer) throw saidError(ConflictError, say('service.off'));
  const row = await services.find(requestId);
  if (row && row.state !== 'stopped' && row.state !== 'unhealthy') {
    return shownService(parts, row);
  }
  const release =
    row?.release ?? healthyBefore(await history.of(requestId), null);
  if (!release || !(await deployer.has(requestId, release))) {
    throw saidError(ConflictError, say('service.none'));
  }
  const request = await asks.requestOf(requestId);
  const next = services.next(requestId);
  const work = running.admit(
    requestId,
    async () => {
      await deployer.deploy({
        service: requestId,
        release,
        kind: 'start',
        ...(request && { env: { OTEL_SERVICE_NAME: request.name } }),
      });
    },
    reason => {
      throw saidError(ConflictError, reason);
    },
  );
  // Whether it becomes healthy is seen later; that it cannot begin is told now.
  const begun = next.changed.then(() => {
    work.catch(error =>
      logger.error(`Service ${requestId} could not be started`, error),
    );
  });
  try {
    await Promise.race([work, begun]);
  } finally {
    next.forget();
  }
  return shownService(parts, await services.find(requestId));
}

/** Stops what runs. */
export async function stopService(
  parts: HostParts,
  requestId: string,
): Promise<Service> {
  const { deployer, services } = parts;
  if (!(await services.find(requestId))) {
    throw saidError(ConflictError, say('service.none'));
  }
  await deployer?.stop(requestId, 'asked');
  return shownService(parts, await services.find(requestId));
}

/** What stands before each line of a service's log. */
export function stampOf(time: number, stream: LogStream): string {
  return `${new Date(time).toISOString()} ${stream} `;
}

const LINE =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (portal|out|err) (.*)$/s;

/** Lines of a service's log after a mark. */
export async function serviceLogOf(
  { deployer, services }: HostParts,
  requestId: string,
  after: string | undefined,
): Promise<LogsResponse> {
  const from = Number(after ?? 0);
  const start = Number.isSafeInteger(from) && from > 0 ? from : 0;
  const row = await services.find(requestId);
  const ended = !row || row.state === 'stopped';
  if (!deployer) {
    return { lines: [], next: String(start), cut: false, ended };
  }
  const page = await deployer.readLog(requestId, start);
  return {
    lines: page.lines.flatMap(line => {
      const [, at, stream, text] = LINE.exec(line) ?? [];
      return at === undefined
        ? []
        : [{ at, stream: stream as LogStream, text: text.slice(0, 4_096) }];
    }),
    next: String(page.next),
    cut: page.cut,
    ended: ended && page.next === start,
  };
}
