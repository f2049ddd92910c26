import {
  configApiRef,
  createApiRef,
  discoveryApiRef,
  githubAuthApiRef,
  oauthRequestApiRef,
  ApiBlueprint,
  type ApiRef,
  type BackstageIdentityApi,
  type OpenIdConnectApi,
  type ProfileInfoApi,
  type SessionApi,
} from '@backstage/frontend-plugin-api';
import { OAuth2 } from '@backstage/core-app-api';

type SignInApi = ProfileInfoApi & BackstageIdentityApi & SessionApi;

/** Sign-in with any OpenID Connect provider: Keycloak, Entra ID, Okta, Google … */
export const oidcAuthApiRef = createApiRef<OpenIdConnectApi & SignInApi>().with(
  { id: 'auth.oidc', pluginId: 'app' },
);

/** The client for {@link oidcAuthApiRef}, against `auth.providers.oidc` of the backend. */
export const oidcAuthApi = ApiBlueprint.make({
  name: 'oidc-auth',
  params: defineParams =>
    defineParams({
      api: oidcAuthApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        oauthRequestApi: oauthRequestApiRef,
        configApi: configApiRef,
      },
      factory: ({ discoveryApi, oauthRequestApi, configApi }) =>
        OAuth2.create({
          configApi,
          discoveryApi,
          oauthRequestApi,
          environment: configApi.getOptionalString('auth.environment'),
          provider: { id: 'oidc', title: 'OpenID Connect', icon: () => null },
          defaultScopes: ['openid', 'profile', 'email'],
        }),
    }),
});

/** The ways to sign in that `app.signIn.providers` may name. */
export const PROVIDERS: Readonly<
  Record<string, { name?: string; apiRef: ApiRef<SignInApi> } | undefined>
> = {
  github: { name: 'GitHub', apiRef: githubAuthApiRef },
  // Called by the organisation it belongs to, in the language of the page.
  oidc: { apiRef: oidcAuthApiRef },
};
