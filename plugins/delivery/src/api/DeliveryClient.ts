import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
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
import type {
  DeliveryApi,
  DeliveryCsvRequest,
  DeliveryRequestOptions,
} from './DeliveryApi';
import { toSearch } from './toSearch';

/** {@link DeliveryApi} over HTTP. @public */
export class DeliveryClient implements DeliveryApi {
  readonly #fetchApi: FetchApi;

  constructor(deps: { fetchApi: FetchApi }) {
    this.#fetchApi = deps.fetchApi;
  }

  /** {@inheritDoc DeliveryApi.getMetrics} */
  getMetrics(query: Partial<MetricsQuery>, options?: DeliveryRequestOptions) {
    return this.#get<MetricsResponse>(`/metrics${toSearch(query)}`, options);
  }

  /** {@inheritDoc DeliveryApi.getMetricsBy} */
  getMetricsBy(
    query: Partial<MetricsByQuery>,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get<MetricsByResponse>(
      `/metrics/by${toSearch(query)}`,
      options,
    );
  }

  /** {@inheritDoc DeliveryApi.getDeployments} */
  getDeployments(
    query: Partial<DeploymentsQuery>,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get<DeploymentsResponse>(
      `/deployments${toSearch(query)}`,
      options,
    );
  }

  /** {@inheritDoc DeliveryApi.getDeployment} */
  getDeployment(key: string, options?: DeliveryRequestOptions) {
    return this.#get<DeploymentResponse>(
      `/deployments/${encodeURIComponent(key)}`,
      options,
    );
  }

  /** {@inheritDoc DeliveryApi.getChange} */
  getChange(key: string, options?: DeliveryRequestOptions) {
    return this.#get<ChangeResponse>(
      `/changes/${encodeURIComponent(key)}`,
      options,
    );
  }

  /** {@inheritDoc DeliveryApi.getIncidents} */
  getIncidents(
    query: Partial<IncidentsQuery>,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get<IncidentsResponse>(
      `/incidents${toSearch(query)}`,
      options,
    );
  }

  /** {@inheritDoc DeliveryApi.getQuality} */
  getQuality(query: Partial<QualityQuery>, options?: DeliveryRequestOptions) {
    return this.#get<QualityResponse>(`/quality${toSearch(query)}`, options);
  }

  /** {@inheritDoc DeliveryApi.getIntake} */
  getIntake(options?: DeliveryRequestOptions) {
    return this.#get<IntakeStatus>('/intake', options);
  }

  /** {@inheritDoc DeliveryApi.getSources} */
  getSources(options?: DeliveryRequestOptions) {
    return this.#get<SourcesResponse>('/sources', options);
  }

  /** {@inheritDoc DeliveryApi.getRejected} */
  getRejected(query: Partial<RejectedQuery>, options?: DeliveryRequestOptions) {
    return this.#get<RejectedResponse>(`/rejected${toSearch(query)}`, options);
  }

  /** {@inheritDoc DeliveryApi.getCsv} */
  async getCsv(request: DeliveryCsvRequest, options?: DeliveryRequestOptions) {
    const response = await this.#request(
      `/${request.resource}${toSearch(request.query)}`,
      { headers: { Accept: 'text/csv' }, signal: options?.signal },
    );
    return response.text();
  }

  /** {@inheritDoc DeliveryApi.markDeployment} */
  async markDeployment(key: string, mark: MarkBody) {
    await this.#post(`/deployments/${encodeURIComponent(key)}/marks`, mark);
  }

  /** {@inheritDoc DeliveryApi.replay} */
  async replay(body: ReplayBody): Promise<ReplayResponse> {
    const response = await this.#post('/replay', body);
    return response.json();
  }

  /** {@inheritDoc DeliveryApi.startBackfill} */
  async startBackfill(sourceId: string) {
    await this.#post(`/sources/${encodeURIComponent(sourceId)}/backfill`, {});
  }

  async #get<T>(path: string, options?: DeliveryRequestOptions): Promise<T> {
    const response = await this.#request(path, {
      headers: { Accept: 'application/json' },
      signal: options?.signal,
    });
    return response.json();
  }

  #post(path: string, body: object): Promise<Response> {
    return this.#request(path, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetchApi.fetch(
      `plugin://delivery${path}`,
      init,
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}
