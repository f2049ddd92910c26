import type { FastifyInstance } from 'fastify';

/** /health: the process works. /ready: it takes requests; not while it goes down. */
export function addHealth(app: FastifyInstance): { drain(): void } {
  let draining = false;
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    if (!draining) return { status: 'ready' };
    reply.code(503);
    return { status: 'draining' };
  });
  return {
    drain() {
      draining = true;
    },
  };
}
