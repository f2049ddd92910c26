import { z } from 'zod';
import { DEPLOYMENT_KINDS, DEPLOYMENT_STATUSES } from './events/deployment';

/** Signals channel on which new facts are announced. @public */
export const DELIVERY_SIGNAL_CHANNEL = 'delivery:services';

/**
 * What a signal says: something of these services is new. Everybody who is
 * signed in hears it, also who may not know that a service exists; so services
 * go by their `signalTag` here.
 * @public
 */
export interface DeliverySignal {
  /** Tags of services; `null` when there are too many to list. */
  tags: string[] | null;
}

/**
 * Events of the family, published after facts are derived. Payload:
 * {@link DerivedEventPayload}.
 * @public
 */
export const DELIVERY_EVENT_TOPIC = 'delivery.derived';

/** What other backend plugins are told on {@link DELIVERY_EVENT_TOPIC}. @public */
export interface DerivedEventPayload {
  /** Entity refs of the services with new numbers. */
  services: string[];
}

/**
 * Topic on which other backend plugins are told that a deployment became another:
 * it was told for the first time, moved, or was taken back. After it can be read
 * from the API, and at least once; never by a rebuild or by loading history.
 * Payload: {@link DeploymentNews}.
 * @public
 */
export const DELIVERY_DEPLOYMENT_TOPIC = 'delivery.deployment';

const named = {
  /** Opaque key for `GET /deployments/:key`; one for each service it counts for. */
  key: z.string(),
  /** Who told it. */
  source: z.string(),
  /** The sender's id. */
  id: z.string(),
  /** Entity ref of the service. */
  service: z.string(),
  environment: z.string(),
};

/** What is told on {@link DELIVERY_DEPLOYMENT_TOPIC}. @public */
export const deploymentNewsSchema = z.union([
  /** As it is now, which may be later than what the news is about. */
  z.object({
    ...named,
    production: z.boolean(),
    status: z.enum(DEPLOYMENT_STATUSES),
    kind: z.enum(DEPLOYMENT_KINDS),
    version: z.string().nullable(),
    artifact: z.string().nullable(),
    repositories: z.array(
      z.object({ repository: z.string(), sha: z.string().nullable() }),
    ),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    url: z.string().nullable(),
  }),
  /** Its sender took it back. */
  z.object({ ...named, deleted: z.literal(true) }),
]);
/** See {@link deploymentNewsSchema}. @public */
export type DeploymentNews = z.infer<typeof deploymentNewsSchema>;
