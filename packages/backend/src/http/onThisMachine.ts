import type { RootConfigService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { RequestHandler } from 'express';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { isLoopback } from './loopback';

/** A name or IPv4 address, or an IPv6 address in brackets, and a port. */
const HOST = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::\d{1,5})?$/i;

/** What speaks against a request; undefined when nothing does. */
type Foreign = (headers: IncomingHttpHeaders) => NotAllowedError | undefined;

/**
 * Tells requests that a browser on this machine sends from the portal itself from all others.
 *
 * A page of anybody's can make its own name mean 127.0.0.1 and then ask this backend as if it were
 * the page's own (DNS rebinding). It cannot change the `Host` that the browser sends with it, and
 * where the browser tells an `Origin`, that neither.
 */
function foreignTo(config: RootConfigService): Foreign {
  const own = ['app.baseUrl', 'backend.baseUrl'].map(
    path => new URL(config.getString(path)),
  );
  const names = new Set(own.map(url => bare(url.hostname)));
  const origins = new Set(own.map(url => url.origin));

  return headers => {
    const host = headers.host ?? '';
    const [, address, name] = HOST.exec(host) ?? [];
    const asked = (address ?? name ?? '').toLowerCase();
    if (!isLoopback(asked) && !names.has(asked)) {
      return refusal('Host', host, 'a name of this machine');
    }
    const { origin } = headers;
    const isOwn =
      origin === undefined || origins.has(origin) || isOriginOf(origin, host);
    return isOwn ? undefined : refusal('Origin', origin, 'the portal');
  };
}

/** Lets requests through that a browser on this machine sends from the portal itself. */
export function onThisMachine(config: RootConfigService): RequestHandler {
  const foreign = foreignTo(config);
  return ({ headers }, _response, next) => next(foreign(headers));
}

/**
 * The same for what is no request any more: a WebSocket. No route sees it, and no browser keeps a
 * page from opening one elsewhere, so whoever wants to be told of them is told after this.
 *
 * Only then: a server that nobody wants to upgrade hands such requests to the routes, and a plugin
 * that serves WebSockets waits for the first of them there.
 */
export function upgradesOnThisMachine(
  server: Server,
  config: RootConfigService,
): void {
  const foreign = foreignTo(config);
  const refuse = (
    { headers }: { headers: IncomingHttpHeaders },
    socket: Duplex,
  ) => {
    if (!foreign(headers)) return;
    socket.write(
      'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    );
    socket.destroy();
  };
  const beforeTheFirst = (event: string | symbol) => {
    if (event !== 'upgrade') return;
    server.off('newListener', beforeTheFirst);
    server.on('upgrade', refuse);
  };
  server.on('newListener', beforeTheFirst);
}

/** An IPv6 address without its brackets. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Whether a page at this origin is asking the very address it came from. */
function isOriginOf(origin: string, host: string): boolean {
  const address = `http://${host}`;
  return (
    URL.canParse(origin) &&
    URL.canParse(address) &&
    new URL(origin).host === new URL(address).host
  );
}

function refusal(
  header: string,
  sent: string,
  wanted: string,
): NotAllowedError {
  const quoted = sent.slice(0, 100);
  return new NotAllowedError(
    `This portal is set up for development and answers to browsers on this machine only, but the header ${header} says '${quoted}', which is not ${wanted}. Open the portal at app.baseUrl`,
  );
}
