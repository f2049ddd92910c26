import { createBackendModule } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  provisioningDriversExtensionPoint,
  type WantedRepository,
} from '@fawkes/backstage-plugin-provisioning-node';
import { MIRA } from './__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from './__testUtils__/testBackend';
import { say } from './words';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('a plan for a repository elsewhere', () => {
  /** What somebody else has there, by path. */
  let theirs: Map<string, string> | undefined;
  let backend: TestBackend;

  /** A place as a module brings it: it compares files with files. */
  const observe = async ({ files = [] }: WantedRepository) => {
    if (!theirs) return 'absent' as const;
    const same =
      files.length === theirs.size &&
      files.every(({ path, bytes }) => theirs!.get(path) === textOf(bytes));
    return same ? ('same' as const) : ('diverged' as const);
  };

  beforeAll(async () => {
    const github = createBackendModule({
      pluginId: 'provisioning',
      moduleId: 'github',
      register(reg) {
        reg.registerInit({
          deps: { drivers: provisioningDriversExtensionPoint },
          init: async ({ drivers }) =>
            drivers.addPlaces({
              host: 'github',
              words: () => say('host.local.absent'),
              places: () => [{ server: 'github.com', owner: 'acme' }],
              available: () => true,
              observe,
            }),
        });
      },
    });
    backend = await createTestBackend({
      db: await databases.init('SQLITE_3'),
      features: [github],
    });
  });

  async function plan() {
    const { body: planned } = await backend
      .person(MIRA)
      .post(
        '/plan',
        await bodyOf('till', {
          spec: {
            repository: {
              host: 'github',
              server: 'github.com',
              owner: 'acme',
              visibility: 'private',
            },
          },
        }),
      )
      .expect(200);
    return planned;
  }

  /** What the plan says of the repository. */
  async function repository(): Promise<string> {
    const { effects } = await plan();
    return effects.find(({ type }: { type: string }) => type === 'repo:ensure')
      .title.code;
  }

  it('is told that it is the same where each file is, and that it is another where one is not', async () => {
    const { files } = await plan();
    expect(await repository()).toBe('effect.repo.ensure');
    theirs = new Map(
      files.map(({ path, content }: { path: string; content: string }) => [
        path,
        content,
      ]),
    );
    expect(await repository()).toBe('effect.repo.adopt');
    theirs.set('README.md', 'theirs\n');
    expect(await repository()).toBe('effect.repo.diverged');
  });
});
