import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSettings, tell } from './child';

/** The order every backend knows: to throw away what nobody needs. */
export interface GarbageOrder {
  order: 'gc';
}

/** What a backend process says. */
export type BackendReport =
  | { report: 'serving'; port: number }
  | { report: 'memory'; rss: number }
  | { report: 'done'; seconds: number }
  | { report: 'failed'; reason: string };

/** A backend as a family builds it. */
export interface ServedBackend<Order extends object> {
  /** Its routes, as Backstage's own server would mount them. */
  app: RequestListener;
  /** Does what the benchmark orders; the seconds it takes are measured. */
  obey(order: Order): Promise<void>;
}

const MEMORY_MS = 100;

/**
 * The body of a process that {@link BackendProcess} starts: builds the backend,
 * serves it over HTTP, obeys orders, and tells how much memory it takes.
 */
export async function serveBackend<Settings, Order extends object>(
  build: (settings: Settings) => Promise<ServedBackend<Order>>,
): Promise<void> {
  const { app, obey } = await build(readSettings<Settings>());
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const follow = async (order: Order | GarbageOrder) => {
    const from = performance.now();
    if ('order' in order && order.order === 'gc') globalThis.gc?.();
    else await obey(order as Order);
    const seconds = (performance.now() - from) / 1000;
    tell<BackendReport>({ report: 'done', seconds });
  };
  process.on('message', (order: Order | GarbageOrder) => {
    follow(order).catch(error =>
      tell<BackendReport>({ report: 'failed', reason: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  setInterval(
    () =>
      tell<BackendReport>({
        report: 'memory',
        rss: process.memoryUsage.rss(),
      }),
    MEMORY_MS,
  );
  const { port } = server.address() as AddressInfo;
  tell<BackendReport>({ report: 'serving', port });
  tell({ report: 'ready' });
}
