import type { RootConfigService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { RequestHandler } from 'express';
import { isLoopback } from './loopback';

/** A name or IPv4 address, or an IPv6 address in brackets, and a port. */
const HOST = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::\d{1,5})?$/i;

/**
 * Lets requests through that a browser on this machine sends from the portal itself.
 *
 * A page of anybody's can make its own name mean 127.0.0.1 and then ask this backend as if it were
 * the page's own (DNS rebinding). It cannot change the `Host` that the browser sends with it, and
 * where the browser tells an `Origin`, that neither.
 */
export function onThisMachine(config: RootConfigService): RequestHandler {
  const own = ['app.baseUrl', 'backend.baseUrl'].map(
    path => new URL(config.getString(path)),
  );
  const names = new Set(own.map(url => bare(url.hostname)));
  const origins = new Set(own.map(url => url.origin));

  return ({ headers }, _response, next) => {
    const host = headers.host ?? '';
    const [, address, name] = HOST.exec(host) ?? [];
    const asked = (address ?? name ?? '').toLowerCase();
    if (!isLoopback(asked) && !names.has(asked)) {
      next(refusal('Host', host, 'a name of this machine'));
      return;
    }
    const { origin } = headers;
    if (
      origin !== undefined &&
      !origins.has(origin) &&
      !isOriginOf(origin, host)
    ) {
      next(refusal('Origin', origin, 'the portal'));
      return;
    }
    next();
  };
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
