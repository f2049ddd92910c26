import { mockServices } from '@backstage/backend-test-utils';
import { TestPipeline } from '@backstage/plugin-search-backend-node';
import { fakeDojo } from '@fawkes/backstage-plugin-dojo-node/testUtils';
import { DojoCollatorFactory } from './collator';

async function collected(dojo: ReturnType<typeof fakeDojo>) {
  const factory = new DojoCollatorFactory({ auth: mockServices.auth(), dojo });
  const pipeline = TestPipeline.fromCollator(await factory.getCollator());
  return { factory, ...(await pipeline.execute()) };
}

it('finds modules and lessons with the page to read them on, for who may read', async () => {
  const of = { module: 'dora', moduleTitle: 'DORA', locale: 'en' };
  const { documents, factory, error } = await collected(
    fakeDojo({
      listTexts: async () => ({
        items: [
          { ...of, lesson: null, title: 'DORA', text: 'Five figures' },
          { ...of, lesson: 'clocks', title: 'Clocks', text: 'From a commit' },
        ],
      }),
    }),
  );
  expect(error).toBeUndefined();
  const common = { moduleTitle: 'DORA', locale: 'en' };
  expect(documents).toEqual([
    {
      ...common,
      title: 'DORA',
      text: 'Five figures',
      location: '/dojo/modules/dora',
    },
    {
      ...common,
      title: 'Clocks',
      text: 'From a commit',
      location: '/dojo/modules/dora/lessons/clocks',
    },
  ]);
  expect(factory.visibilityPermission.name).toBe('dojo.read');
});

it('finds nothing where the dojo is not installed', async () => {
  const { documents, error } = await collected(fakeDojo());
  expect(error).toBeUndefined();
  expect(documents).toEqual([]);
});
