import { z } from 'zod';
import {
  changeResponseSchema,
  deliveryEventSchema,
  deploymentResponseSchema,
  deploymentsQuerySchema,
  deploymentsResponseSchema,
  incidentsQuerySchema,
  incidentsResponseSchema,
  intakeResponseSchema,
  intakeStatusSchema,
  markBodySchema,
  metricsByQuerySchema,
  metricsByResponseSchema,
  metricsQuerySchema,
  metricsResponseSchema,
  qualityQuerySchema,
  qualityResponseSchema,
  rejectedQuerySchema,
  rejectedResponseSchema,
  replayBodySchema,
  replayResponseSchema,
  sourcesResponseSchema,
} from '@fawkes/backstage-plugin-delivery-common';

type Json = Record<string, unknown>;

interface Route {
  method: 'get' | 'post' | 'delete';
  path: string;
  summary: string;
  query?: z.ZodObject;
  body?: Json;
  ok: { status: string; schema?: z.ZodType };
  csv?: boolean;
}

const input = (schema: z.ZodType): Json => toSchema(schema, 'input');
const output = (schema: z.ZodType): Json => toSchema(schema, 'output');

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    unrepresentable: 'any',
    io,
  });
  return rest;
}

const jsonBody = (schema: z.ZodType): Json => ({
  required: true,
  content: { 'application/json': { schema: input(schema) } },
});

const ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/events',
    summary:
      'Take in canonical events: a JSON array or NDJSON, at most 1,000 events and 5 MiB',
    body: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'array',
            maxItems: 1000,
            items: { $ref: '#/components/schemas/DeliveryEvent' },
          },
        },
        'application/x-ndjson': { schema: { type: 'string' } },
      },
    },
    ok: { status: '202', schema: intakeResponseSchema },
  },
  {
    method: 'post',
    path: '/cdevents',
    summary:
      'Take in CDEvents as CloudEvents in structured, binary or batch mode',
    body: {
      required: true,
      content: {
        'application/cloudevents+json': { schema: { type: 'object' } },
        'application/cloudevents-batch+json': { schema: { type: 'array' } },
        'application/json': { schema: { type: 'object' } },
      },
    },
    ok: { status: '202', schema: intakeResponseSchema },
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'The five DORA metrics of a scope, with trend and benchmark',
    query: metricsQuerySchema,
    ok: { status: '200', schema: metricsResponseSchema },
    csv: true,
  },
  {
    method: 'get',
    path: '/metrics/by',
    summary: 'The same per service or team',
    query: metricsByQuerySchema,
    ok: { status: '200', schema: metricsByResponseSchema },
    csv: true,
  },
  {
    method: 'get',
    path: '/deployments',
    summary: 'The deployments of a scope, newest first',
    query: deploymentsQuerySchema,
    ok: { status: '200', schema: deploymentsResponseSchema },
    csv: true,
  },
  {
    method: 'get',
    path: '/deployments/{key}',
    summary: 'One deployment: what it contained, whether and why it failed',
    ok: { status: '200', schema: deploymentResponseSchema },
  },
  {
    method: 'post',
    path: '/deployments/{key}/marks',
    summary: 'Mark a deployment as failed or not failed by hand',
    body: jsonBody(markBodySchema),
    ok: { status: '204' },
  },
  {
    method: 'get',
    path: '/changes/{key}',
    summary: 'One change and where it went',
    ok: { status: '200', schema: changeResponseSchema },
  },
  {
    method: 'get',
    path: '/incidents',
    summary: 'The incidents of a scope, newest first',
    query: incidentsQuerySchema,
    ok: { status: '200', schema: incidentsResponseSchema },
  },
  {
    method: 'get',
    path: '/intake',
    summary: 'How much waits, and how far the numbers lag behind',
    ok: { status: '200', schema: intakeStatusSchema },
  },
  {
    method: 'get',
    path: '/quality',
    summary: 'What is missing, stale or unmapped',
    query: qualityQuerySchema,
    ok: { status: '200', schema: qualityResponseSchema },
  },
  {
    method: 'get',
    path: '/rejected',
    summary: 'Rejected events with path, reason and payload',
    query: rejectedQuerySchema,
    ok: { status: '200', schema: rejectedResponseSchema },
  },
  {
    method: 'post',
    path: '/replay',
    summary: 'Try rejected events again',
    body: jsonBody(replayBodySchema),
    ok: { status: '202', schema: replayResponseSchema },
  },
  {
    method: 'get',
    path: '/sources',
    summary: 'The sources facts come from',
    ok: { status: '200', schema: sourcesResponseSchema },
  },
  {
    method: 'post',
    path: '/sources/{id}/backfill',
    summary: 'Load the history of a source, or go on with it',
    ok: { status: '202', schema: z.object({ started: z.literal(true) }) },
  },
  {
    method: 'delete',
    path: '/sources/{id}/facts',
    summary: 'Remove everything a source has told',
    ok: { status: '200', schema: z.object({ removed: z.number().int() }) },
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    ok: { status: '200', schema: z.record(z.string(), z.unknown()) },
  },
];

/** The OpenAPI 3.1 document, generated from the contract. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of ROUTES) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operation(route),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fawkes delivery',
      version: '1',
      description:
        'Delivery events in, explainable DORA metrics out. Durations are seconds, rates 0..1, instants UTC; what is unknown is {"value": null, "reason": "…"}.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/delivery' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      schemas: {
        DeliveryEvent: input(deliveryEventSchema),
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['name', 'message'],
              properties: {
                name: { type: 'string' },
                message: { type: 'string' },
              },
            },
          },
        },
      },
    },
  };
}

function operation(route: Route): Json {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(match => match[1]);
  const inPath = names.map(name => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId: `${route.method}${route.path
      .replace(/\{(\w+)\}/g, '$1')
      .replace(/(^|\/)(\w)/g, (_, __, letter: string) =>
        letter.toUpperCase(),
      )}`,
    summary: route.summary,
    parameters: [...inPath, ...queryParameters(route.query)],
    ...(route.body ? { requestBody: route.body } : {}),
    responses: {
      [route.ok.status]: {
        description: 'Done',
        ...(route.ok.schema
          ? {
              content: {
                'application/json': { schema: output(route.ok.schema) },
                ...(route.csv
                  ? { 'text/csv': { schema: { type: 'string' } } }
                  : {}),
              },
            }
          : {}),
      },
      '4XX': {
        description: 'Refused; the message says what was wrong and where',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
  };
}

function queryParameters(query: z.ZodObject | undefined): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = input(query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    ...(name === 'scope' ? { style: 'form', explode: true } : {}),
  }));
}
