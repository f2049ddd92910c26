import { type APIRequestContext, expect } from '@playwright/test';
import { person, type PersonName } from './environment';

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
    const response = await this.http.get(`/api/${plugin}${path}`, {
      headers: { authorization: `Bearer ${await this.#tokenOf(name)}` },
      params: query,
    });
    if (!response.ok()) {
      throw new Error(
        `GET /api/${plugin}${path}: ${response.status()} ${await response.text()}`,
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
