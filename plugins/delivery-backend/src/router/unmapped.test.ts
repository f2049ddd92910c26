import { TestDatabases } from '@backstage/backend-test-utils';
import { createTestBackend } from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const AT = '2026-03-01T09:00:00Z';

/** Facts of which the catalog has no component (any more). */
const factsOf = (source: string) => [
  {
    type: 'deployment',
    source,
    id: 'by-name',
    occurredAt: AT,
    service: 'component:default/gone',
    environment: 'local',
    status: 'success',
    finishedAt: AT,
  },
  {
    type: 'deployment',
    source,
    id: 'by-repository',
    occurredAt: AT,
    repository: 'portal.local/default/gone',
    environment: 'local',
    status: 'success',
    finishedAt: AT,
  },
  {
    type: 'incident',
    source,
    id: 'incident',
    occurredAt: AT,
    openedAt: AT,
    repository: 'portal.local/default/gone',
  },
  { type: 'incident', source, id: 'nowhere', occurredAt: AT, openedAt: AT },
];

it('lists what waits for a component, and not what a sandbox told of one that is gone', async () => {
  const backend = await createTestBackend({
    db: await databases.init('SQLITE_3'),
    settings: { sandboxSources: ['local-deployer'] },
  });
  const unmapped = async () => {
    await backend.settle();
    const { body } = await backend.me.get('/quality').expect(200);
    return body.unmapped.map(
      ({ what, facts }: { what: string; facts: number }) => [what, facts],
    );
  };
  const send = async (source: string) => {
    const { body } = await backend.me
      .post('/events', factsOf(source))
      .expect(202);
    expect(body.rejected).toBe(0);
  };
  await send('local-deployer');
  expect(await unmapped()).toEqual([]);
  const { body } = await backend.me.get('/sources').expect(200);
  // What it told is not hidden: it only waits for nobody.
  expect(body.items).toContainEqual(
    expect.objectContaining({ id: 'local-deployer', sandbox: true }),
  );
  await send('ci');
  expect(await unmapped()).toEqual([
    ['portal.local/default/gone', 1],
    ['component:default/gone', 1],
    ['Incidents in portal.local/default/gone', 1],
    ['Incidents from ci', 1],
  ]);
});
