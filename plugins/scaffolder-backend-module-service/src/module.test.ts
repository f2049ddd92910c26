import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import type { EntityProvider } from '@backstage/plugin-catalog-node';
import { provisioningTemplatesExtensionPoint } from '@fawkes/backstage-plugin-provisioning-node';
import serviceFeatures, {
  catalogModuleServiceTemplates,
  provisioningModuleServiceTemplates,
} from './index';
import { templateFolders } from './templateFolders';

describe('serviceFeatures', () => {
  it('does not keep a backend without the plugins from starting', async () => {
    const started: string[] = [];
    const backend = createBackend();
    backend.add(
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://127.0.0.1' },
          backend: {
            baseUrl: 'http://127.0.0.1:0',
            listen: { host: '127.0.0.1', port: 0 },
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
        },
      }),
    );
    backend.add(mockServices.rootLogger.factory());
    backend.add(serviceFeatures);
    backend.add(
      createBackendPlugin({
        pluginId: 'other',
        register(reg) {
          reg.registerInit({
            deps: { logger: coreServices.logger },
            async init() {
              started.push('other');
            },
          });
        },
      }),
    );
    try {
      await backend.start();
      expect(started).toEqual(['other']);
    } finally {
      await backend.stop();
    }
  });

  it('tells the provisioning plugin of the folders', async () => {
    const told: { directory: string }[] = [];
    await startTestBackend({
      extensionPoints: [
        [
          provisioningTemplatesExtensionPoint,
          { addTemplates: (...added) => void told.push(...added) },
        ],
      ],
      features: [provisioningModuleServiceTemplates],
    });
    expect(told.map(({ directory }) => directory)).toEqual(
      await templateFolders(),
    );
  });

  it('puts the templates into the catalog', async () => {
    const providers: EntityProvider[] = [];
    await startTestBackend({
      extensionPoints: [
        [
          catalogProcessingExtensionPoint,
          {
            addProcessor() {},
            addPlaceholderResolver() {},
            setOnProcessingErrorHandler() {},
            addEntityProvider: (...added) =>
              void providers.push(...added.flat()),
          },
        ],
      ],
      features: [catalogModuleServiceTemplates],
    });
    const applyMutation = jest.fn();
    await providers[0].connect({ applyMutation, refresh: jest.fn() });
    expect(applyMutation).toHaveBeenCalledTimes(1);
    const [{ type, entities }] = applyMutation.mock.calls[0];
    expect(type).toBe('full');
    expect(entities).toContainEqual(
      expect.objectContaining({
        locationKey: 'service-templates',
        entity: expect.objectContaining({
          kind: 'Template',
          metadata: expect.objectContaining({
            name: 'node-api',
            annotations: expect.objectContaining({
              'fawkes.dev/template': 'node-api',
              'fawkes.dev/template-version': expect.stringMatching(/^\d+\./),
              'fawkes.dev/template-tree':
                expect.stringMatching(/^[0-9a-f]{64}$/),
            }),
          }),
        }),
      }),
    );
  });
});
