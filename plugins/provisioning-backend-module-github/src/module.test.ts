import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  provisioningDriversExtensionPoint,
  type EffectDriver,
  type RepositoryPlaces,
} from '@fawkes/backstage-plugin-provisioning-node';
import { specOn } from './__testUtils__/house';
import provisioningModuleGithub from './index';

async function start(data: object) {
  const drivers: EffectDriver[] = [];
  const places: RepositoryPlaces[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        provisioningDriversExtensionPoint,
        {
          addDrivers: (...added) => void drivers.push(...added),
          addPlaces: added => void places.push(added),
        },
      ],
    ],
    features: [
      provisioningModuleGithub,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: data as {} }),
    ],
  });
  return { drivers, places };
}

const integrations = {
  github: [{ host: 'github.com', token: 'x' }],
};

describe('provisioningModuleGithub', () => {
  it('makes what services on GitHub need, and nothing else', async () => {
    const { drivers, places } = await start({
      integrations,
      provisioning: { github: { allowed: ['github.com/acme'] } },
    });
    expect(drivers).toHaveLength(1);
    const [{ types, place }] = drivers;
    expect(place).toBe('anywhere');
    expect([...types].sort()).toEqual([
      'catalog:entity:ensure',
      'catalog:entity:remove',
      'ci:ensure',
      'ci:remove',
      'repo:archive',
      'repo:ensure',
      'repo:propose',
      'repo:protect',
      'repo:release',
      'repo:remove',
      'repo:unprotect',
    ]);
    const request = (host: object) =>
      ({ spec: { ...specOn(), repository: host } } as any);
    expect(drivers[0].makes(request(specOn().repository))).toBe(true);
    expect(drivers[0].makes(request({ host: 'local' }))).toBe(false);
    expect(places).toMatchObject([{ host: 'github' }]);
    expect(places[0].available()).toBe(true);
    expect(places[0].words().text).toContain('github.com/acme');
  });

  it('offers nothing where nothing is set', async () => {
    const { places } = await start({});
    expect(places[0].available()).toBe(false);
  });

  it.each<[string, object]>([
    ['provisioning.github.allowed.0.owner', { allowed: [{ owner: '../x' }] }],
    ['provisioning.github.allowed.0.server', { allowed: ['acme'] }],
    ['provisioning.github.allowed.0.owner', { allowed: ['github.com/a/b'] }],
    [
      'provisioning.github.allowed.0: there is no integration',
      { allowed: [{ server: 'git.example.com', owner: 'acme' }] },
    ],
    ['provisioning.github', { allow: [] }],
    ['provisioning.github.protection', { protection: { approvals: 7 } }],
  ])('refuses to start, naming %s', async (path, github) => {
    await expect(
      start({ integrations, provisioning: { github } }),
    ).rejects.toThrow(path);
  });

  it('sends no token to an address that is not https', async () => {
    await expect(
      start({
        integrations: {
          github: [
            {
              host: 'git.example.com',
              apiBaseUrl: 'http://git.example.com/api/v3',
            },
          ],
        },
        provisioning: {
          github: { allowed: [{ server: 'git.example.com', owner: 'acme' }] },
        },
      }),
    ).rejects.toThrow('must begin with https://');
  });
});
