import { ResponseError } from '@backstage/errors';
import type {
  BackstageUserIdentity,
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/frontend-plugin-api';
import { chosenPerson } from './chosenPerson';
import { DEV_PROVIDER_ID } from './samplePeople';

/** A token is renewed this long before it ends, in milliseconds. */
const RENEWAL_MARGIN_MS = 5 * 60 * 1000;

type Session = {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    /** Seconds until the token ends. */
    expiresInSeconds?: number;
    identity: BackstageUserIdentity;
  };
};

/**
 * The identity of a sample person: asks the backend for a token, and for a new one shortly before
 * it ends. Signing out forgets the person.
 */
export class DevelopmentIdentity implements IdentityApi {
  #session: { promise: Promise<Session>; renewAt: number } | undefined;

  private constructor(
    private readonly ref: string,
    private readonly discoveryApi: DiscoveryApi,
  ) {}

  /**
   * Signs in, and remembers the person for the next time the page is loaded.
   *
   * @throws ResponseError when the backend does not accept the person.
   */
  static async signIn(options: {
    ref: string;
    discoveryApi: DiscoveryApi;
  }): Promise<DevelopmentIdentity> {
    const identity = new DevelopmentIdentity(options.ref, options.discoveryApi);
    await identity.#current();
    chosenPerson.remember(options.ref);
    return identity;
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#current()).profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return (await this.#current()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token: string }> {
    return { token: (await this.#current()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    chosenPerson.forget();
  }

  async #current(): Promise<Session> {
    if (this.#session && Date.now() < this.#session.renewAt) {
      return this.#session.promise;
    }
    // Whoever asks while a request is under way waits for the same answer.
    const pending = { promise: this.#fetch(), renewAt: Infinity };
    this.#session = pending;
    try {
      const session = await pending.promise;
      const seconds = session.backstageIdentity.expiresInSeconds ?? 0;
      pending.renewAt = Date.now() + seconds * 1000 - RENEWAL_MARGIN_MS;
      return session;
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }

  async #fetch(): Promise<Session> {
    const baseUrl = await this.discoveryApi.getBaseUrl('auth');
    const response = await fetch(`${baseUrl}/${DEV_PROVIDER_ID}/refresh`, {
      headers: { 'X-Fawkes-Dev-Person': this.ref },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
