import { defineRoute } from '@fawkes/kit-contract';
import { z } from 'zod';
import {
  deliveryDeploymentMarkPermission,
  deliveryEventsWritePermission,
  deliveryIntakeManagePermission,
  deliveryIntakeReadPermission,
  deliveryMetricsReadPermission,
} from '../permissions';
import {
  changeResponseSchema,
  deploymentResponseSchema,
  deploymentsResponseSchema,
  incidentsResponseSchema,
} from './facts';
import {
  intakeResponseSchema,
  intakeStatusSchema,
  qualityResponseSchema,
  rejectedResponseSchema,
  replayResponseSchema,
  sourcesResponseSchema,
} from './intake';
import { metricsByResponseSchema, metricsResponseSchema } from './metrics';
import {
  deploymentsQuerySchema,
  incidentsQuerySchema,
  markBodySchema,
  metricsByQuerySchema,
  metricsQuerySchema,
  qualityQuerySchema,
  rejectedQuerySchema,
  replayBodySchema,
} from './queries';

/** Most events a request may hold. @public */
export const MAX_EVENTS = 1_000;
/** Largest body of events, in bytes (5 MiB). @public */
export const MAX_EVENTS_BYTES = 5 * 1024 * 1024;

const who = ['user', 'service'] as const;

/** The HTTP API of the delivery backend, below `/api/delivery`. @public */
export const deliveryRoutes = {
  sendEvents: defineRoute({
    method: 'post',
    path: '/events',
    summary:
      'Take in canonical events: a JSON array or NDJSON, at most 1,000 events and 5 MiB',
    raw: {
      content: {
        'application/json': {
          type: 'array',
          maxItems: MAX_EVENTS,
          items: { $ref: '#/components/schemas/DeliveryEvent' },
        },
        'application/x-ndjson': { type: 'string' },
      },
    },
    limit: MAX_EVENTS_BYTES,
    answer: intakeResponseSchema,
    status: 202,
    who,
    needs: [deliveryEventsWritePermission],
    audit: 'event',
  }),
  sendCdevents: defineRoute({
    method: 'post',
    path: '/cdevents',
    summary:
      'Take in CDEvents as CloudEvents in structured, binary or batch mode',
    raw: {
      content: {
        'application/cloudevents+json': { type: 'object' },
        'application/cloudevents-batch+json': { type: 'array' },
        'application/json': { type: 'object' },
      },
    },
    limit: MAX_EVENTS_BYTES,
    answer: intakeResponseSchema,
    status: 202,
    who,
    needs: [deliveryEventsWritePermission],
    audit: 'event',
  }),
  getMetrics: defineRoute({
    method: 'get',
    path: '/metrics',
    summary: 'The five DORA metrics of a scope, with trend and benchmark',
    query: metricsQuerySchema,
    answer: metricsResponseSchema,
    csv: true,
    who,
    needs: [deliveryMetricsReadPermission],
    audit: 'metrics',
  }),
  getMetricsBy: defineRoute({
    method: 'get',
    path: '/metrics/by',
    summary: 'The same per service or team',
    query: metricsByQuerySchema,
    answer: metricsByResponseSchema,
    csv: true,
    who,
    needs: [deliveryMetricsReadPermission],
    audit: 'metrics',
  }),
  getDeployments: defineRoute({
    method: 'get',
    path: '/deployments',
    summary: 'The deployments of a scope, newest first',
    query: deploymentsQuerySchema,
    answer: deploymentsResponseSchema,
    csv: true,
    who,
    needs: [deliveryMetricsReadPermission],
    audit: 'deployment',
  }),
  getDeployment: defineRoute({
    method: 'get',
    path: '/deployments/:key',
    summary: 'One deployment: what it contained, whether and why it failed',
    answer: deploymentResponseSchema,
    who,
    needs: [deliveryMetricsReadPermission],
    asks: [deliveryDeploymentMarkPermission],
    audit: 'deployment',
  }),
  markDeployment: defineRoute({
    method: 'post',
    path: '/deployments/:key/marks',
    summary: 'Mark a deployment as failed or not failed by hand',
    body: markBodySchema,
    // A person has to answer for it.
    who: ['user'],
    needs: [deliveryMetricsReadPermission, deliveryDeploymentMarkPermission],
    audit: 'deployment',
    action: 'mark',
  }),
  getChange: defineRoute({
    method: 'get',
    path: '/changes/:key',
    summary: 'One change and where it went',
    answer: changeResponseSchema,
    who,
    needs: [deliveryMetricsReadPermission],
    audit: 'change',
  }),
  getIncidents: defineRoute({
    method: 'get',
    path: '/incidents',
    summary: 'The incidents of a scope, newest first',
    query: incidentsQuerySchema,
    answer: incidentsResponseSchema,
    who,
    needs: [deliveryMetricsReadPermission],
    audit: 'incident',
  }),
  getIntake: defineRoute({
    method: 'get',
    path: '/intake',
    summary: 'How much waits, and how far the numbers lag behind',
    answer: intakeStatusSchema,
    who,
    needs: [deliveryIntakeReadPermission],
    audit: 'intake',
  }),
  getQuality: defineRoute({
    method: 'get',
    path: '/quality',
    summary: 'What is missing, stale or unmapped',
    query: qualityQuerySchema,
    answer: qualityResponseSchema,
    who,
    needs: [deliveryMetricsReadPermission],
    asks: [deliveryIntakeReadPermission],
    audit: 'quality',
  }),
  getRejected: defineRoute({
    method: 'get',
    path: '/rejected',
    summary: 'Rejected events with path, reason and payload',
    query: rejectedQuerySchema,
    answer: rejectedResponseSchema,
    who,
    needs: [deliveryIntakeReadPermission],
    audit: 'intake',
  }),
  replay: defineRoute({
    method: 'post',
    path: '/replay',
    summary: 'Try rejected events again',
    body: replayBodySchema,
    limit: 256 * 1024,
    answer: replayResponseSchema,
    status: 202,
    who,
    needs: [deliveryIntakeManagePermission],
    audit: 'intake',
    action: 'replay',
    severity: 'high',
  }),
  getSources: defineRoute({
    method: 'get',
    path: '/sources',
    summary: 'The sources facts come from',
    answer: sourcesResponseSchema,
    who,
    needs: [deliveryIntakeReadPermission],
    audit: 'intake',
  }),
  startBackfill: defineRoute({
    method: 'post',
    path: '/sources/:id/backfill',
    summary: 'Load the history of a source, or go on with it',
    answer: z.object({ started: z.literal(true) }),
    status: 202,
    who,
    needs: [deliveryIntakeManagePermission],
    audit: 'intake',
    action: 'backfill',
    severity: 'high',
  }),
  removeSource: defineRoute({
    method: 'delete',
    path: '/sources/:id/facts',
    summary: 'Remove everything a source has told',
    answer: z.object({ removed: z.number().int() }),
    who,
    needs: [deliveryIntakeManagePermission],
    audit: 'intake',
    action: 'remove-source',
    severity: 'high',
  }),
  getOpenApi: defineRoute({
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    answer: z.record(z.string(), z.unknown()),
    who,
    audit: 'api',
  }),
};
/** See {@link deliveryRoutes}. @public */
export type DeliveryRoutes = typeof deliveryRoutes;
