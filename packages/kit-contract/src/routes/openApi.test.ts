import { z } from 'zod';
import { many, pageShape } from '../queries';
import { openApiOf } from './openApi';
import { defineRoute } from './route';

const document = openApiOf(
  {
    title: 'Things',
    version: '1',
    description: 'All about things',
    server: '/api/things',
    schemas: { Thing: z.object({ name: z.string() }) },
  },
  {
    getThings: defineRoute({
      method: 'get',
      path: '/things',
      summary: 'Things',
      query: z.strictObject({
        scope: many(z.string(), 3).default([]),
        ...pageShape(),
      }),
      answer: z.object({ items: z.array(z.string()) }),
      csv: true,
      who: ['user'],
      audit: 'thing',
    }),
    putThing: defineRoute({
      method: 'put',
      path: '/things/:key',
      summary: 'Put a thing',
      body: z.object({ name: z.string().default('x') }),
      who: ['user'],
      audit: 'thing',
    }),
    verify: defineRoute({
      method: 'get',
      path: '/things/:key',
      summary: 'Verify a thing',
      answer: z.object({ valid: z.boolean() }),
      who: ['anybody'],
      audit: 'thing',
    }),
    upload: defineRoute({
      method: 'post',
      path: '/upload',
      summary: 'Upload',
      raw: {
        content: {
          'application/json': { $ref: '#/components/schemas/Thing' },
          'text/plain': z.string(),
        },
      },
      status: 202,
      answer: z.object({ taken: z.literal(true) }),
      who: ['service'],
      audit: 'thing',
    }),
  },
) as any;

describe('openApiOf', () => {
  it('says what a query may hold, before its defaults', () => {
    expect(document.paths['/things'].get.parameters).toMatchObject([
      { name: 'scope', in: 'query', required: false },
      { name: 'cursor', in: 'query', required: false },
      {
        name: 'limit',
        required: false,
        schema: { minimum: 1, maximum: 200, default: 50 },
      },
    ]);
  });

  it('puts methods of one path side by side, with their parameters', () => {
    const path = document.paths['/things/{key}'];
    expect(Object.keys(path)).toEqual(['put', 'get']);
    expect(path.put.operationId).toBe('putThingsKey');
    expect(path.put.parameters).toEqual([
      { name: 'key', in: 'path', required: true, schema: { type: 'string' } },
    ]);
    expect(
      path.put.requestBody.content['application/json'].schema,
    ).not.toHaveProperty('required');
  });

  it('tells usual answers, CSV, refusals and what is away', () => {
    const { responses } = document.paths['/things'].get;
    expect(Object.keys(responses)).toEqual(['200', '503', '4XX']);
    expect(Object.keys(responses[200].content)).toEqual([
      'application/json',
      'text/csv',
    ]);
    expect(
      Object.keys(document.paths['/things/{key}'].put.responses),
    ).toContain('204');
  });

  it('asks nobody for a token where anybody may call', () => {
    expect(document.paths['/things/{key}'].get.security).toEqual([]);
    expect(document.paths['/things'].get).not.toHaveProperty('security');
  });

  it('takes raw bodies as schemas or as they are', () => {
    expect(document.paths['/upload'].post.requestBody.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
      'text/plain': { schema: { type: 'string' } },
    });
    expect(document.components.schemas.Thing).toMatchObject({
      type: 'object',
      required: ['name'],
    });
  });
});
