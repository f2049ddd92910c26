import { createHash } from 'node:crypto';
import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Route } from '@fawkes/kit-contract';
import type { Request } from 'express';
import { AwayError } from './errors';
import type { Readiness } from './readiness';
import type { Refusals } from './refusals';

/** What telling callers apart needs. */
export interface WhoAsksDeps {
  httpAuth: HttpAuthService;
  refusals: Refusals;
  /** Without its database a backend can check nobody's token. */
  readiness: Readiness;
}

/**
 * The credentials of a request, if the route is for such callers.
 *
 * @throws AuthenticationError when the token is no good
 * @throws AwayError when nobody's token can be checked at the moment
 */
export async function whoAsks(
  request: Request,
  route: Route,
  { httpAuth, refusals, readiness }: WhoAsksDeps,
): Promise<BackstageCredentials> {
  const address = addressOf(request);
  if (!request.header('authorization') && route.who.includes('anybody')) {
    await refusals.anonymous(address);
  }
  try {
    return await httpAuth.credentials(request, {
      allow: route.who.flatMap(who =>
        who === 'anybody' ? (['none', 'user', 'service'] as const) : [who],
      ),
    });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AuthenticationError') {
      throw error;
    }
    const away = await readiness.away();
    if (away.length > 0) {
      throw new AwayError(
        'Nobody can be signed in or checked at the moment; ask again in a few seconds',
      );
    }
    await refusals.check(address);
    await refusals.count(address);
    throw error;
  }
}

/** A name for whoever asks, to count by; of tokens only a hash is kept. */
export function callerOf(
  { principal }: BackstageCredentials,
  request: Request,
): string {
  const known = principal as { userEntityRef?: string; subject?: string };
  const name = known.userEntityRef ?? known.subject;
  if (name !== undefined) return `caller:${name}`;
  const token = request.header('authorization');
  return token === undefined
    ? addressOf(request)
    : `token:${createHash('sha256').update(token).digest('base64url')}`;
}

function addressOf(request: Request): string {
  return `address:${request.ip ?? request.socket.remoteAddress ?? 'unknown'}`;
}
