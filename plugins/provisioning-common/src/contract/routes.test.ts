import { openApiOf } from '@fawkes/kit-contract';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { provisioningPermissions, RESOURCE_TYPE_REQUEST } from '../permissions';
import { provisioningRoutes } from './routes';

const routes = Object.entries(provisioningRoutes);

describe('the routes', () => {
  it('can be written down as an OpenAPI document', () => {
    const document = openApiOf(
      {
        title: 'Provisioning',
        version: '1',
        description: 'Services from the portal',
        server: '/api/provisioning',
      },
      provisioningRoutes,
    );

    expect(Object.keys(document.paths as object)).toHaveLength(
      new Set(routes.map(([, route]) => route.path)).size,
    );
  });

  it.each(routes)('%s asks for permissions of this plugin only', (_, route) => {
    const asked = [
      ...('needs' in route ? route.needs : []),
      ...('asks' in route ? route.asks : []),
    ];

    expect(provisioningPermissions).toEqual(expect.arrayContaining(asked));
  });

  it.each(routes.filter(([, { path }]) => path.startsWith('/requests/:id')))(
    '%s needs to see the request',
    (_, route) => {
      expect(
        'needs' in route && route.needs.map(permission => permission.name),
      ).toContain('provisioning.request.read');
    },
  );

  it.each(routes.filter(([, { method }]) => method !== 'get'))(
    '%s says in the audit what it does',
    (_, route) => {
      expect(route).toMatchObject({
        audit: expect.any(String),
        action: expect.any(String),
      });
    },
  );

  it('lets services change nothing but end what was for practice', () => {
    expect(
      routes
        .filter(
          ([, { method, who }]) =>
            method !== 'get' && (who as readonly string[]).includes('service'),
        )
        .map(([name]) => name),
      // The first is a question that needs a body.
    ).toEqual(['validateGpu', 'destroy']);
  });

  it('tells the catalog only what entities there are', () => {
    expect(provisioningRoutes.getEntities.who).toEqual(['service']);
  });
});

it('asks about a request wherever there is one', () => {
  const about = provisioningPermissions
    .filter(permission => isResourcePermission(permission))
    .map(({ name, resourceType }) => [name, resourceType]);

  expect(Object.fromEntries(about)).toEqual({
    'provisioning.request.read': RESOURCE_TYPE_REQUEST,
    'provisioning.request.update': RESOURCE_TYPE_REQUEST,
    'provisioning.request.deploy': RESOURCE_TYPE_REQUEST,
    'provisioning.request.destroy': RESOURCE_TYPE_REQUEST,
    'provisioning.request.purge': RESOURCE_TYPE_REQUEST,
  });
});
