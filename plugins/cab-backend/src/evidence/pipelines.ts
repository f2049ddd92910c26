import { AwayError } from '@fawkes/kit-backend/http';
import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { notAllowed } from '../cases/refusals';
import type { CiIssuer } from './config';

/** A pipeline, as the token of its issuer names it. */
export interface Pipeline {
  /** `ci:<issuer>#<subject>` */
  producer: string;
  repository: string;
  commit: string;
  /** The annotation of entities that names the same repository. */
  annotation: string;
}

/** What tokens are signed with: nothing symmetric, and never nothing. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
/** How far clocks may be apart, and how old a token may be, s. */
const TOLERANCE = 30;
const LONGEST_AGE = 15 * 60;
/** Longest token that is looked at. */
const LONGEST_TOKEN = 16 * 1024;
const PATIENCE_MS = 5_000;

const refused = (reason: string) => notAllowed('ci.refused', { reason });

/** Tells pipelines by the identity tokens of those issuers that are configured. */
export class Pipelines {
  readonly #keys = new Map<string, JWTVerifyGetKey>();

  constructor(
    private readonly issuers: readonly CiIssuer[],
    private readonly fetch: typeof globalThis.fetch = globalThis.fetch,
  ) {}

  /**
   * Whose token it is.
   *
   * @throws NotAllowedError for one that is no good here
   * @throws AwayError when its issuer does not say what its keys are
   */
  async pipelineOf(token: string | undefined): Promise<Pipeline> {
    if (!token || token.length > LONGEST_TOKEN) throw notAllowed('ci.token');
    const issuer = this.issuers.find(({ issuer: id }) => id === issOf(token));
    if (!issuer) throw refused('its issuer is none of cab.evidence.issuers');
    const { payload } = await jwtVerify(token, await this.#keysOf(issuer), {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: ALGORITHMS,
      requiredClaims: [
        'exp',
        'iat',
        'sub',
        issuer.repositoryClaim,
        issuer.commitClaim,
      ],
      clockTolerance: TOLERANCE,
      maxTokenAge: LONGEST_AGE,
    }).catch(error => {
      throw refusalOf(error);
    });
    return {
      producer: `ci:${issuer.issuer}#${String(payload.sub)}`.slice(0, 500),
      repository: textOf(payload, issuer.repositoryClaim),
      commit: textOf(payload, issuer.commitClaim).toLowerCase(),
      annotation: issuer.annotation,
    };
  }

  async #keysOf(issuer: CiIssuer): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(issuer.issuer);
    if (known) return known;
    const address = issuer.jwksUri ?? (await this.#discover(issuer));
    const keys = createRemoteJWKSet(new URL(address), {
      timeoutDuration: PATIENCE_MS,
    });
    this.#keys.set(issuer.issuer, keys);
    return keys;
  }

  async #discover({ issuer }: CiIssuer): Promise<string> {
    const address = `${issuer.replace(
      /\/$/,
      '',
    )}/.well-known/openid-configuration`;
    try {
      const response = await this.fetch(address, {
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const { jwks_uri: jwksUri, issuer: named } = await response.json();
      if (named !== issuer) throw new Error(`It calls itself ${named}`);
      // Keys come from where the issuer is, and over nothing weaker.
      if (new URL(jwksUri).protocol !== new URL(issuer).protocol) {
        throw new Error(`Its keys are at ${jwksUri}`);
      }
      return jwksUri;
    } catch (error) {
      throw away(error);
    }
  }
}

function issOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw refused('it is no token');
  }
}

function textOf(payload: JWTPayload, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string' || value === '' || value.length > 500) {
    throw refused(`its claim ${name} is no text`);
  }
  return value;
}

/** What is wrong with a token, without what it says. */
function refusalOf(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return refused('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refused(`its claim ${error.claim} does not hold`);
  }
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return refused('no key of its issuer signed it');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return refused('its algorithm is none that is allowed');
  }
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported
  ) {
    return refused('it is no token');
  }
  return away(error);
}

function away(cause: unknown): Error {
  return Object.assign(
    new AwayError(
      'The issuer of the identity token does not say what its keys are at the moment; send it again in a few seconds',
    ),
    { cause },
  );
}
