import type { DiscoveryApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';

/** Identifier of the backend's development sign-in. */
export const DEV_PROVIDER_ID = 'fawkes-dev';

/** A person of the sample organisation one can sign in as during development. */
export type SamplePerson = {
  /** Entity reference, e.g. `user:default/mira.okafor`. */
  ref: string;
  name: string;
  /** The role in the sample story. */
  title: string;
  team: string;
  /** One sentence: what this person comes to the portal for. */
  why: string;
};

/**
 * The people the backend offers, or undefined where it has no development sign-in.
 *
 * @throws ResponseError, or the network's error, when the backend does not answer.
 */
export async function fetchSamplePeople(
  discoveryApi: DiscoveryApi,
): Promise<SamplePerson[] | undefined> {
  const baseUrl = await discoveryApi.getBaseUrl('auth');
  const response = await fetch(`${baseUrl}/${DEV_PROVIDER_ID}/people`);
  if (response.status === 404) {
    return undefined;
  }
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  const body: { people: SamplePerson[] } = await response.json();
  return body.people;
}
