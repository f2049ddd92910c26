import type { GithubCredentialsProvider } from '@backstage/integration';
import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import type { Connection } from './api/githubApi';
import type { Place } from './api/look';
import type { GithubOptions } from './config';

/** Where a spec wants its repository, and how to ask there. */
export interface Target {
  connection: Connection;
  place: Place;
}

/** What connections are made of. */
export interface ConnectionParts {
  options: GithubOptions;
  credentials: GithubCredentialsProvider;
  wait: Connection['wait'];
}

/** How to ask about the repository of a spec; undefined where its organisation is not allowed. */
export function targetOf(
  { options, credentials, wait }: ConnectionParts,
  { name, spec }: { name: string; spec: NormalSpec },
): Target | undefined {
  const { repository } = spec;
  if (repository.host !== 'github') return undefined;
  const allowed = options.allowed.find(
    ({ server, owner }) =>
      server === repository.server.toLowerCase() &&
      owner === repository.owner.toLowerCase(),
  );
  if (!allowed) return undefined;
  const { server, owner, apiBaseUrl } = allowed;
  return {
    place: { owner, repo: name },
    connection: {
      server,
      owner,
      apiBaseUrl,
      wait,
      // Of the organisation: an App with chosen repositories does not know a new one yet.
      token: async () => {
        const url = `https://${server}/${owner}`;
        return (await credentials.getCredentials({ url })).token;
      },
    },
  };
}
