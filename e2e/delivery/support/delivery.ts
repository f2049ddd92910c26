import { createHmac, randomUUID } from 'node:crypto';
import { type APIResponse, expect } from '@playwright/test';
import { githubSecret, storyToken } from '../../support/environment';
import type { Portal } from '../../support/portal';

/** One delivery event; the portal checks the rest. */
export type DeliveryEvent = {
  type: string;
  source: string;
  id: string;
} & Record<string, unknown>;

const API = '/api/delivery';

/** The delivery plugin as pipelines see it, and what is read from it to look at. */
export class Delivery {
  constructor(private readonly portal: Portal) {}

  /** Sends canonical events with the token of the sample story. */
  async sendEvents(...events: DeliveryEvent[]): Promise<APIResponse> {
    return this.portal.http.post(`${API}/events`, {
      headers: { authorization: `Bearer ${storyToken}` },
      data: events,
    });
  }

  /** Sends one CDEvent as a CloudEvent in structured mode. */
  async sendCloudEvent(event: Record<string, unknown>): Promise<APIResponse> {
    return this.portal.http.post(`${API}/cdevents`, {
      headers: {
        authorization: `Bearer ${storyToken}`,
        'content-type': 'application/cloudevents+json',
      },
      data: JSON.stringify({ specversion: '1.0', ...event }),
    });
  }

  /** Sends a webhook as GitHub does, signed with `secret`. */
  async sendGithubWebhook(
    event: string,
    payload: unknown,
    { secret = githubSecret } = {},
  ): Promise<APIResponse> {
    const body = JSON.stringify(payload);
    const digest = createHmac('sha256', secret).update(body).digest('hex');
    return this.portal.http.post('/api/events/http/github', {
      headers: {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': randomUUID(),
        'x-hub-signature-256': `sha256=${digest}`,
      },
      data: body,
    });
  }

  /** Takes back everything a source has told. */
  async forget(source: string): Promise<void> {
    const response = await this.portal.http.delete(
      `${API}/sources/${encodeURIComponent(source)}/facts`,
      { headers: { authorization: `Bearer ${storyToken}` } },
    );
    if (!response.ok()) {
      throw new Error(`${source} is not forgotten: ${await response.text()}`);
    }
  }

  /** Waits until everything received so far is in the numbers. */
  async settled(): Promise<void> {
    await expect
      .poll(
        async () => {
          const { received, dirtyServices } = await this.read<{
            received: number;
            dirtyServices: number;
          }>('/intake');
          return received + dirtyServices;
        },
        { message: 'what waits to be in the numbers', timeout: 60_000 },
      )
      .toBe(0);
  }

  /** Reads as Lena, who may see everything. */
  async read<T>(path: string, query?: Record<string, string>): Promise<T> {
    return this.portal.read<T>('delivery', path, query);
  }
}
