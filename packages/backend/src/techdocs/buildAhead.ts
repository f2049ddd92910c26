import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

type Options = {
  auth: AuthService;
  catalog: CatalogService;
  discovery: DiscoveryService;
  logger: LoggerService;
  fetch: typeof fetch;
  signal?: AbortSignal;
  /** What has been asked for before, and is not again; grows. */
  asked: Set<string>;
};

/** Everything in the catalog that has documentation. */
async function documented(options: Options): Promise<Entity[]> {
  const { items } = await options.catalog.getEntities(
    {
      filter: {
        'metadata.annotations.backstage.io/techdocs-ref': CATALOG_FILTER_EXISTS,
      },
    },
    { credentials: await options.auth.getOwnServiceCredentials() },
  );
  return items;
}

/**
 * Asks TechDocs to build every site that is new in the catalog, as opening it would, so that the
 * first reader does not wait and the search knows pages nobody has opened yet. What changes later
 * is built when somebody opens it.
 *
 * A site that cannot be built is told to the log once and does not keep the others back.
 */
export async function buildAhead(options: Options): Promise<void> {
  const { auth, discovery, logger, signal } = options;
  const baseUrl = await discovery.getBaseUrl('techdocs');
  for (const { kind, metadata } of await documented(options)) {
    const name = `${metadata.namespace ?? DEFAULT_NAMESPACE}/${kind}/${
      metadata.name
    }`.toLowerCase();
    if (options.asked.has(name)) {
      continue;
    }
    options.asked.add(name);
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'techdocs',
    });
    try {
      const response = await options.fetch(`${baseUrl}/sync/${name}`, {
        headers: { Authorization: `Bearer ${token}` },
        signal,
      });
      // A stream of events, which ends when the build does.
      const events = await response.text();
      const [, problem] = /^event: error\ndata: (.*)$/m.exec(events) ?? [];
      if (!response.ok || problem !== undefined) {
        throw new Error(problem ?? events);
      }
    } catch (error) {
      logger.warn(`The documentation of ${name} could not be built: ${error}`);
    }
  }
}
