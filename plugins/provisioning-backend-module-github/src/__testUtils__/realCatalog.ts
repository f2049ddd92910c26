import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type AuthService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';

/** Reads a file of a repository by its address; undefined where there is none. */
export type ReadFile = (url: string) => string | undefined;

/** Backstage's own catalog, which reads files from wherever the test says. */
export async function startCatalog(read: ReadFile) {
  let services: { catalog: CatalogService; auth: AuthService } | undefined;
  const asker = createBackendPlugin({
    pluginId: 'provisioning',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogServiceRef, auth: coreServices.auth },
        async init(deps) {
          services = deps;
        },
      });
    },
  });
  const answer = (url: string) => {
    const text = read(url);
    if (text === undefined) throw new NotFoundError(`${url} is not there`);
    return { buffer: async () => Buffer.from(text), etag: text };
  };
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      asker,
      mockServices.rootConfig.factory({
        data: {
          catalog: {
            processingInterval: { seconds: 1 },
            rules: [{ allow: ['Component'] }],
          },
        },
      }),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {},
        factory: () => ({
          readUrl: async url => answer(url),
          readTree: async () => {
            throw new Error('Nothing here reads trees');
          },
          search: async url => {
            const { buffer, etag } = answer(url);
            return { files: [{ url, content: buffer }], etag };
          },
        }),
      }),
    ],
  });
  if (!services) throw new Error('The catalog did not start');
  return { ...services, stop: () => backend.stop() };
}
