import type { Config } from '@backstage/config';
import { posix } from 'node:path';

/**
 * The addresses `backend.reading.allow` lists, by the rules Backstage's own
 * URL reader has for it: the host with its port, or `*.` and a domain, and
 * optionally how the path must begin.
 */
export function readAllowedUrls(config: Config): (url: URL) => boolean {
  const rules = (
    config.getOptionalConfigArray('backend.reading.allow') ?? []
  ).map(rule => {
    const host = rule.getString('host');
    const paths = rule.getOptionalStringArray('paths');
    return (url: URL) => hostFits(host, url) && pathFits(paths, url);
  });
  return url => rules.some(fits => fits(url));
}

function hostFits(host: string, url: URL): boolean {
  return host.startsWith('*.')
    ? url.host.endsWith(host.slice(1))
    : url.host === host;
}

function pathFits(paths: string[] | undefined, url: URL): boolean {
  if (!paths) return true;
  const path = posix.normalize(url.pathname);
  return paths.some(allowed => path.startsWith(allowed));
}
