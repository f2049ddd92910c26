import { createHmac, randomUUID } from 'node:crypto';
import {
  type APIRequestContext,
  type APIResponse,
  expect,
} from '@playwright/test';
import {
  githubSecret,
  person,
  type PersonName,
  storyToken,
} from './environment';

/** One delivery event; the portal checks the rest. */
export type DeliveryEvent = {
  type: string;
  source: string;
  id: string;
} & Record<string, unknown>;

const API = '/api/delivery';

/** The portal as machines see it: pipelines that send events, and people with a token. */
export class Portal {
  readonly #tokens = new Map<PersonName, string>();

  constructor(private readonly http: APIRequestContext) {}

  /** Sends canonical events with the token of the sample story. */
  async sendEvents(...events: DeliveryEvent[]): Promise<APIResponse> {
    return this.http.post(`${API}/events`, {
      headers: { authorization: `Bearer ${storyToken}` },
      data: events,
    });
  }

  /** Sends one CDEvent as a CloudEvent in structured mode. */
  async sendCloudEvent(event: Record<string, unknown>): Promise<APIResponse> {
    return this.http.post(`${API}/cdevents`, {
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
    return this.http.post('/api/events/http/github', {
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
    const response = await this.http.delete(
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

  /** Reads from the delivery API as a person. */
  async read<T>(
    path: string,
    query: Record<string, string> = {},
    name: PersonName = 'lena',
  ): Promise<T> {
    const response = await this.http.get(`${API}${path}`, {
      headers: { authorization: `Bearer ${await this.#tokenOf(name)}` },
      params: query,
    });
    if (!response.ok()) {
      throw new Error(
        `GET ${path}: ${response.status()} ${await response.text()}`,
      );
    }
    return response.json();
  }

  async #tokenOf(name: PersonName): Promise<string> {
    const known = this.#tokens.get(name);
    if (known) return known;
    // A portal that has just started may not have loaded its people yet.
    await expect(async () => {
      const response = await this.http.get('/api/auth/fawkes-dev/refresh', {
        headers: { 'X-Fawkes-Dev-Person': person(name).ref },
      });
      expect(response.status(), await response.text()).toBe(200);
      const { backstageIdentity } = await response.json();
      this.#tokens.set(name, backstageIdentity.token);
    }).toPass({ timeout: 180_000 });
    return this.#tokens.get(name)!;
  }
}
