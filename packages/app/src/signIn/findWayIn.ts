import { UserIdentity } from '@backstage/core-components';
import { ResponseError } from '@backstage/errors';
import type {
  ApiHolder,
  ConfigApi,
  DiscoveryApi,
  IdentityApi,
} from '@backstage/frontend-plugin-api';
import { chosenPerson } from './chosenPerson';
import { DevelopmentIdentity } from './DevelopmentIdentity';
import { PROVIDERS } from './providers';
import { fetchSamplePeople, type SamplePerson } from './samplePeople';

/** What the sign-in page can do for whoever opens it. */
export type WayIn =
  | { kind: 'signed-in'; identity: IdentityApi }
  | { kind: 'providers'; ids: string[] }
  | { kind: 'people'; people: SamplePerson[] }
  | { kind: 'none' };

/**
 * Signs in with one provider.
 *
 * @param options.optional - only take up an existing session; undefined where there is none
 */
export async function signInWithProvider(
  apis: ApiHolder,
  id: string,
  options: { optional: boolean },
): Promise<IdentityApi | undefined> {
  const apiRef = PROVIDERS[id]?.apiRef;
  const authApi = apiRef && apis.get(apiRef);
  const session = await authApi?.getBackstageIdentity(
    options.optional ? { optional: true } : { instantPopup: true },
  );
  if (!authApi || !session) {
    return undefined;
  }
  const profile = await authApi.getProfile();
  return UserIdentity.create({ identity: session.identity, profile, authApi });
}

async function restoreProviderSession(
  apis: ApiHolder,
  ids: string[],
): Promise<IdentityApi | undefined> {
  for (const id of ids) {
    // A session that cannot be taken up is a session that is not there: the person is asked again.
    const identity = await signInWithProvider(apis, id, {
      optional: true,
    }).catch(() => undefined);
    if (identity) {
      return identity;
    }
  }
  return undefined;
}

async function restoreChosenPerson(
  discoveryApi: DiscoveryApi,
): Promise<IdentityApi | undefined> {
  const ref = chosenPerson.read();
  if (ref === undefined) {
    return undefined;
  }
  try {
    return await DevelopmentIdentity.signIn({ ref, discoveryApi });
  } catch (error) {
    if (error instanceof ResponseError) {
      chosenPerson.forget();
      return undefined;
    }
    throw error;
  }
}

/**
 * Goes on with the session of last time, or finds out how one can sign in: with the providers of
 * `app.signIn.providers`, else as one of the sample people where the backend offers them.
 *
 * @throws when the backend does not answer.
 */
export async function findWayIn(options: {
  apis: ApiHolder;
  configApi: ConfigApi;
  discoveryApi: DiscoveryApi;
}): Promise<WayIn> {
  const { apis, configApi, discoveryApi } = options;
  const ids = (
    configApi.getOptionalStringArray('app.signIn.providers') ?? []
  ).filter(id => PROVIDERS[id]);
  if (ids.length > 0) {
    const identity = await restoreProviderSession(apis, ids);
    return identity
      ? { kind: 'signed-in', identity }
      : { kind: 'providers', ids };
  }
  const identity = await restoreChosenPerson(discoveryApi);
  if (identity) {
    return { kind: 'signed-in', identity };
  }
  const people = await fetchSamplePeople(discoveryApi);
  return people ? { kind: 'people', people } : { kind: 'none' };
}
