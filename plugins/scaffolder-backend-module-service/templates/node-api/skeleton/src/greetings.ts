import type { FastifyInstance } from 'fastify';

const schema = {
  params: {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string', minLength: 1, maxLength: 100 } },
  },
  response: {
    200: {
      type: 'object',
      required: ['greeting'],
      properties: { greeting: { type: 'string' } },
    },
  },
};

/** A first route, described in openapi.yaml. Replace it by what this service is for. */
export function addGreetings(app: FastifyInstance): void {
  app.get<{ Params: { name: string } }>(
    '/v1/greetings/:name',
    { schema },
    async request => ({ greeting: `Hello ${request.params.name}` }),
  );
}
