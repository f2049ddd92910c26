import {
  type APIRequestContext,
  type APIResponse,
  expect,
} from '@playwright/test';
import { person, type PersonName } from './environment';

async function told<T>(response: APIResponse): Promise<T> {
  if (!response.ok()) {
    throw new Error(
      `${response.url()}: ${response.status()} ${await response.text()}`,
    );
  }
  return response.json();
}

/** The portal as machines see it: people with a token, and the APIs of its plugins. */
export class Portal {
  readonly #tokens = new Map<PersonName, string>();

  constructor(readonly http: APIRequestContext) {}

  /** Reads from the API of a plugin as a person. */
  async read<T>(
    plugin: string,
    path: string,
    query: Record<string, string> = {},
    name: PersonName = 'lena',
  ): Promise<T> {
    return told(await this.get(plugin, path, query, name));
  }

  /** The same, whatever the answer is. */
  async get(
    plugin: string,
    path: string,
    query: Record<string, string> = {},
    name: PersonName = 'lena',
  ): Promise<APIResponse> {
    return this.http.get(`/api/${plugin}${path}`, {
      headers: await this.#headersOf(name),
      params: query,
    });
  }

  /** Tells the API of a plugin something as a person. */
  async post<T>(
    plugin: string,
    path: string,
    data: unknown,
    name: PersonName,
  ): Promise<T> {
    return told(
      await this.http.post(`/api/${plugin}${path}`, {
        headers: await this.#headersOf(name),
        data,
      }),
    );
  }

  async #headersOf(name: PersonName) {
    return { authorization: `Bearer ${await this.#tokenOf(name)}` };
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
