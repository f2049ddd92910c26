import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface JobMetrics {
  done(outcome: 'success' | 'failure', seconds: number): void;
}

/** Measures jobs and tells it at /metrics. */
export function addMetrics(app: FastifyInstance): JobMetrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const duration = new Histogram({
    name: 'job_duration_seconds',
    help: 'How long jobs took, by outcome',
    labelNames: ['outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
    registers: [register],
  });
  app.get('/metrics', async (_request, reply) => {
    reply.type(register.contentType);
    return register.metrics();
  });
  return {
    done: (outcome, seconds) => duration.observe({ outcome }, seconds),
  };
}
