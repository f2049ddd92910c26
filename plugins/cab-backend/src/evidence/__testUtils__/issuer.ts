import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

/** An issuer of identity tokens on loopback, with keys of its own. */
export async function startIssuer() {
  const keys = await generateKeyPair('ES256');
  const others = await generateKeyPair('ES256');
  let isAway = false;
  let issuer = '';
  const server = createServer(async (request, response) => {
    if (isAway) {
      response.writeHead(503).end();
      return;
    }
    const body = request.url?.endsWith('/keys')
      ? {
          keys: [
            { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'ES256' },
          ],
        }
      : { issuer, jwks_uri: `${issuer}/keys` };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    /** A token of a pipeline of org/shop. */
    token: (claims: JWTPayload, { forged = false, seconds = 300 } = {}) =>
      new SignJWT({ repository: 'org/shop', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setIssuer(issuer)
        .setSubject('repo:org/shop:ref:refs/heads/main')
        .setAudience((claims.aud as string | undefined) ?? 'fawkes')
        .setIssuedAt(Math.floor(Date.now() / 1000) + Math.min(0, seconds))
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(forged ? others.privateKey : keys.privateKey),
    goAway: (away: boolean) => {
      isAway = away;
    },
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}
/** See {@link startIssuer}. */
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
