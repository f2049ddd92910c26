import { TestDatabases } from '@backstage/backend-test-utils';
import { component } from '../__testUtils__/component';
import { createHarness } from '../__testUtils__/harness';
import { mappingOf } from '../jobs/mappingOf';
import { readAnnotationFindings } from './annotationFindings';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('annotation findings, %s', id => {
  const service = (name: string) => ({
    ref: `component:default/${name}`,
    title: name.toUpperCase(),
    owner: null,
    sample: false,
  });

  it('are those of the services asked for, no more than a page shows', async () => {
    const harness = await createHarness(await databases.init(id));
    const paths = (text: string) => ({ 'fawkes.dev/delivery-paths': text });
    await harness.map(
      mappingOf(component('a', paths('(x'))),
      mappingOf(component('b', paths('b/**'))),
      mappingOf(component('c', paths('c/**'), 'says "refused":')),
      mappingOf(component('d', paths('(x'))),
      ...Array.from({ length: 3 }, (_, n) =>
        mappingOf(component(`many${n}`, paths('(,'.repeat(50)))),
      ),
    );
    const found = (...names: string[]) =>
      readAnnotationFindings(harness.db, names.map(service));
    const read = async (...names: string[]) =>
      (await found(...names)).findings.map(({ title, value }) => [
        title,
        value,
      ]);
    expect(await read('a', 'b', 'c', 'unknown')).toEqual([['A', '(x']]);
    expect(await read('b', 'c')).toEqual([]);
    expect(await read()).toEqual([]);
    expect(await read('many0', 'many1', 'many2')).toHaveLength(100);
    expect((await found('many0', 'many1', 'many2')).cut).toBe(true);
    expect((await found('many0', 'a')).cut).toBe(false);
  });
});
