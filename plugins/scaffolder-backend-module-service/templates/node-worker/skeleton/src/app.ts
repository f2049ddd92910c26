import Fastify, { LogController, type FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { CORRELATION_HEADER, correlationIdOf, traceIdOf } from './correlation.ts';
import { addHealth } from './health.ts';
import { addMetrics, type JobMetrics } from './metrics.ts';

export interface App {
  server: FastifyInstance;
  metrics: JobMetrics;
  /** Says "not ready" from now on. */
  drain(): void;
}

/** What others ask of a worker: health and metrics. Without its port, so that tests can ask it. */
export function createApp(
  config: Pick<Config, 'service' | 'logLevel'>,
  stream: { write(line: string): void } = process.stdout,
): App {
  const server = Fastify({
    genReqId: request => correlationIdOf(request.headers),
    logController: new LogController({ requestIdLogLabel: 'correlationId' }),
    // Before the first line, so that all lines of a request carry it.
    childLoggerFactory: (logger, bindings, options, raw) =>
      logger.child({ ...bindings, traceId: traceIdOf(raw.headers) }, options),
    logger: {
      level: config.logLevel,
      stream,
      base: { service: config.service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: level => ({ level }) },
    },
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.header(CORRELATION_HEADER, request.id);
  });
  const metrics = addMetrics(server);
  const { drain } = addHealth(server);
  return { server, metrics, drain };
}
