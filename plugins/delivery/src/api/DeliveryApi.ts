import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ChangeResponse,
  DeploymentResponse,
  DeploymentsQuery,
  DeploymentsResponse,
  IncidentsQuery,
  IncidentsResponse,
  IntakeStatus,
  MarkBody,
  MetricsByQuery,
  MetricsByResponse,
  MetricsQuery,
  MetricsResponse,
  QualityQuery,
  QualityResponse,
  RejectedQuery,
  RejectedResponse,
  ReplayBody,
  ReplayResponse,
  SourcesResponse,
} from '@fawkes/backstage-plugin-delivery-common';

/** How one request is made. @public */
export interface DeliveryRequestOptions {
  /** Ends the request when the person has moved on. */
  signal?: AbortSignal;
}

/** What can be downloaded exactly as it is shown. @public */
export type DeliveryCsvRequest =
  | { resource: 'metrics'; query: Partial<MetricsQuery> }
  | { resource: 'metrics/by'; query: Partial<MetricsByQuery> }
  | { resource: 'deployments'; query: Partial<DeploymentsQuery> };

/**
 * The delivery backend as the frontend sees it. Durations are seconds, rates
 * 0..1; a figure nobody knows is `{ value: null, reason }`. Every method throws
 * a `ResponseError` when the backend refuses.
 * @public
 */
export interface DeliveryApi {
  /** The metrics of a scope over a window. */
  getMetrics(
    query: Partial<MetricsQuery>,
    options?: DeliveryRequestOptions,
  ): Promise<MetricsResponse>;
  /** The same for each service or team of a scope, a page at a time. */
  getMetricsBy(
    query: Partial<MetricsByQuery>,
    options?: DeliveryRequestOptions,
  ): Promise<MetricsByResponse>;
  /** Deployments of a scope, a page at a time. */
  getDeployments(
    query: Partial<DeploymentsQuery>,
    options?: DeliveryRequestOptions,
  ): Promise<DeploymentsResponse>;
  /** One deployment with all that explains its numbers. */
  getDeployment(
    key: string,
    options?: DeliveryRequestOptions,
  ): Promise<DeploymentResponse>;
  /** One commit or pull request and where it went. */
  getChange(
    key: string,
    options?: DeliveryRequestOptions,
  ): Promise<ChangeResponse>;
  /** Incidents of a scope, a page at a time. */
  getIncidents(
    query: Partial<IncidentsQuery>,
    options?: DeliveryRequestOptions,
  ): Promise<IncidentsResponse>;
  /** How complete the facts behind the numbers are. */
  getQuality(
    query: Partial<QualityQuery>,
    options?: DeliveryRequestOptions,
  ): Promise<QualityResponse>;
  /** How far the intake is, and how many seconds it lags. */
  getIntake(options?: DeliveryRequestOptions): Promise<IntakeStatus>;
  /** The sources facts come from. */
  getSources(options?: DeliveryRequestOptions): Promise<SourcesResponse>;
  /** Events nobody could understand, a page at a time. */
  getRejected(
    query: Partial<RejectedQuery>,
    options?: DeliveryRequestOptions,
  ): Promise<RejectedResponse>;
  /** The table behind a view as RFC 4180 text. */
  getCsv(
    request: DeliveryCsvRequest,
    options?: DeliveryRequestOptions,
  ): Promise<string>;
  /** Says by hand whether a deployment failed, with the reason. */
  markDeployment(key: string, mark: MarkBody): Promise<void>;
  /** Tries rejected events again. */
  replay(body: ReplayBody): Promise<ReplayResponse>;
  /** Starts loading the history of a source. */
  startBackfill(sourceId: string): Promise<void>;
}

/**
 * The key under which apps provide and replace the {@link DeliveryApi}.
 * @public
 */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.client',
  pluginId: 'delivery',
});
