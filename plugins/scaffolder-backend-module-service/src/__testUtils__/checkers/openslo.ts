import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { filesIn, oneByOne } from './checker';

// No package has the rules of OpenSLO v1. These are those of its kind SLO, as far as our templates use it, and stricter:
// a field that is not named here is a mistake.

const dnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const duration = z.string().regex(/^[1-9]\d*[mhdwMQY]$/);
const metadata = z.strictObject({
  name: dnsLabel,
  displayName: z.string().min(1).optional(),
});
const metric = z.strictObject({
  metricSource: z.strictObject({
    type: z.literal('Prometheus'),
    spec: z.strictObject({ query: z.string().min(1) }),
  }),
});
const slo = z.strictObject({
  apiVersion: z.literal('openslo/v1'),
  kind: z.literal('SLO'),
  metadata,
  spec: z.strictObject({
    description: z.string().min(1).max(1050).optional(),
    service: dnsLabel,
    indicator: z.strictObject({
      metadata,
      spec: z.strictObject({
        ratioMetric: z.strictObject({
          counter: z.boolean(),
          good: metric,
          total: metric,
        }),
      }),
    }),
    timeWindow: z.tuple([
      z.strictObject({ duration, isRolling: z.literal(true) }),
    ]),
    budgetingMethod: z.literal('Occurrences'),
    objectives: z
      .array(
        z.strictObject({
          displayName: z.string().min(1).optional(),
          target: z.number().gt(0).lt(1),
        }),
      )
      .min(1),
  }),
});

/** The service level objectives, by the rules of OpenSLO v1. */
export const openslo = oneByOne(bundle =>
  filesIn(bundle, /^ops\/slo\.yaml$/).flatMap(([path, text]) =>
    parseAllDocuments(text).flatMap(document =>
      (slo.safeParse(document.toJSON()).error?.issues ?? []).map(
        issue => `${path}: ${issue.path.join('.')}: ${issue.message}`,
      ),
    ),
  ),
);
