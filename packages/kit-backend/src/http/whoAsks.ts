import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Route } from '@fawkes/kit-contract';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
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
  let credentials: BackstageCredentials;
  try {
    credentials = await httpAuth.credentials(request, {
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
  // What a header says makes nobody known: `Authorization: Basic x` is anonymous.
  if (nameOf(credentials) === undefined) await refusals.anonymous(address);
  return credentials;
}

/**
 * A name for whoever asks, to count by. Whoever has none is known by the address:
 * anything else of the request could be another each time.
 */
export function callerOf(
  credentials: BackstageCredentials,
  request: Request,
): string {
  const name = nameOf(credentials);
  return name === undefined ? addressOf(request) : `caller:${name}`;
}

function nameOf({ principal }: BackstageCredentials): string | undefined {
  const known = principal as { userEntityRef?: string; subject?: string };
  return known.userEntityRef ?? known.subject;
}

/**
 * Where a request comes from, to count by; of IPv6 the network, in which whoever has
 * one address has as many as they like.
 * @public
 */
export function addressOf(request: Request): string {
  const ip = request.ip ?? request.socket.remoteAddress;
  return `address:${ip ? ipKeyGenerator(ip) : 'unknown'}`;
}
