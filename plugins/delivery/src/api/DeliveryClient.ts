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

  getMetrics(query: Partial<MetricsQuery>, options?: DeliveryRequestOptions) {
    return this.#get<MetricsResponse>(`/metrics${toSearch(query)}`, options);
  }

  getMetricsBy(
    query: Partial<MetricsByQuery>,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get<MetricsByResponse>(
      `/metrics/by${toSearch(query)}`,
      options,
    );
  }

  getDeployments(
    query: Partial<DeploymentsQuery>,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get<DeploymentsResponse>(
      `/deployments${toSearch(query)}`,
      options,
    );
  }

  getDeployment(key: string, options?: DeliveryRequestOptions) {
    return this.#get<DeploymentResponse>(
      `/deployments/${encodeURIComponent(key)}`,
      options,
    );
  }

  getChange(key: string, options?: DeliveryRequestOptions) {
    return this.#get<ChangeResponse>(
      `/changes/${encodeURIComponent(key)}`,
      options,
    );
  }

  getIncidents(
    query: Partial<IncidentsQuery>,
    options?: DeliveryRequestOptions,
  ) {
    return this.#get<IncidentsResponse>(
      `/incidents${toSearch(query)}`,
      options,
    );
  }

  getQuality(query: Partial<QualityQuery>, options?: DeliveryRequestOptions) {
    return this.#get<QualityResponse>(`/quality${toSearch(query)}`, options);
  }

  getIntake(options?: DeliveryRequestOptions) {
    return this.#get<IntakeStatus>('/intake', options);
  }

  getSources(options?: DeliveryRequestOptions) {
    return this.#get<SourcesResponse>('/sources', options);
  }

  getRejected(query: Partial<RejectedQuery>, options?: DeliveryRequestOptions) {
    return this.#get<RejectedResponse>(`/rejected${toSearch(query)}`, options);
  }

  async getCsv(request: DeliveryCsvRequest, options?: DeliveryRequestOptions) {
    const response = await this.#request(
      `/${request.resource}${toSearch(request.query)}`,
      { headers: { Accept: 'text/csv' }, signal: options?.signal },
    );
    return response.text();
  }

  async markDeployment(key: string, mark: MarkBody) {
    await this.#post(`/deployments/${encodeURIComponent(key)}/marks`, mark);
  }

  async replay(body: ReplayBody): Promise<ReplayResponse> {
    const response = await this.#post('/replay', body);
    return response.json();
  }

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
