import { mockServices } from '@backstage/backend-test-utils';
import { say, type ChangeSummary } from '@fawkes/backstage-plugin-cab-common';
import { fakeCab } from '@fawkes/backstage-plugin-cab-node/testUtils';
import { ChangeCollatorFactory, type ChangeDocument } from './collator';

const NOW = '2026-11-30T18:00:00.000Z';
const change = (id: string): ChangeSummary => ({
  id,
  type: 'normal',
  state: 'board_review',
  entity: { ref: 'component:default/shop', title: 'Shop' },
  environment: 'prod-eu',
  environmentClass: 'production',
  headSha: 'a'.repeat(40),
  artifactDigest: null,
  sample: false,
  title: `Mend ${id}`,
  submitter: 'user:default/sam',
  owner: 'group:default/shopping',
  revision: 1,
  score: '55.0',
  route: 'board',
  next: say('next.nothing'),
  createdAt: NOW,
  updatedAt: NOW,
  expiresAt: null,
});

async function collated(
  cab: ConstructorParameters<typeof ChangeCollatorFactory>[0]['cab'],
) {
  const factory = new ChangeCollatorFactory({
    auth: mockServices.auth(),
    cab,
    logger: mockServices.logger.mock(),
  });
  const found: ChangeDocument[] = [];
  for await (const each of await factory.getCollator()) found.push(each);
  return { factory, found };
}

it('indexes every page, each as visible as its entity', async () => {
  const asked: unknown[] = [];
  const service = fakeCab({
    getChanges: async ({ cursor } = {}) => {
      asked.push(cursor);
      return cursor === undefined
        ? { asOf: NOW, items: [change('1')], nextCursor: 'more' }
        : { asOf: NOW, items: [change('2')], nextCursor: null };
    },
  });
  const { factory, found } = await collated(service);
  expect(asked).toEqual([undefined, 'more']);
  expect(found.map(({ title, location }) => [title, location])).toEqual([
    ['Mend 1', '/changes/1'],
    ['Mend 2', '/changes/2'],
  ]);
  expect(found[0]).toMatchObject({
    authorization: { resourceRef: 'component:default/shop' },
    text: expect.stringContaining('component:default/shop prod-eu'),
  });
  expect(factory.visibilityPermission).toMatchObject({
    name: 'catalog.entity.read',
    resourceType: 'catalog-entity',
  });
});

it('indexes nothing where change approval is not installed', async () => {
  const { found } = await collated(fakeCab());
  expect(found).toEqual([]);
});

it('keeps the index that is there while change approval is away', async () => {
  const away = {
    changes: async () => {
      throw new Error('away');
    },
  };
  await expect(collated(away)).rejects.toThrow('away');
});
