import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { MemoryQueue, work } from './worker.ts';

const config = readConfig(process.env);
const { server, metrics, drain } = createApp(config);
const queue = new MemoryQueue();

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.log.info({ signal }, 'going down');
    drain();
    queue.close();
  });
}

await server.listen({ host: config.host, port: config.port });
// Ends when the queue is closed and the job in hand is done.
await work(
  queue,
  async (job, log) => {
    log.info({ id: job.id }, 'job begun');
  },
  { log: server.log, metrics },
);
await server.close();
