import { createMockDirectory } from '@backstage/backend-test-utils';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { HostHarness } from './__testUtils__/hostHarness';

describe('the documents of a service that goes', () => {
  const at = HostHarness.each();
  const place = createMockDirectory();

  async function tidied(content: Parameters<typeof place.setContent>[0]) {
    place.setContent(content);
    const { core, host } = at.current;
    const request = core.add({ 'README.md': '# pay\n' });
    await core.make('repo:ensure', request);
    await host.close();
    await at.current.start({ documentsDirectory: place.resolve('docs') });
    return core.make('local:tidy', request, core.run('destroy'));
  }

  const PAGES = { 'index.html': 'x' };

  it('go with it, and nobody else’s', async () => {
    const done = await tidied({
      docs: {
        default: {
          component: { pay: PAGES, shop: PAGES },
          api: { pay: PAGES },
        },
        other: { component: { pay: PAGES } },
      },
    });
    expect(done).toEqual({ state: 'done' });
    const left = ['default/component/pay', 'default/api/pay'].map(path =>
      existsSync(place.resolve('docs', path)),
    );
    expect(left).toEqual([false, false]);
    expect(existsSync(place.resolve('docs/default/component/shop'))).toBe(true);
    expect(existsSync(place.resolve('docs/other/component/pay'))).toBe(true);
  });

  it.each(['docs', 'docs/default', 'docs/default/component/pay'])(
    'are not looked for where a link leads: %s',
    async link => {
      const { core, host } = at.current;
      const request = core.add({ 'README.md': '# pay\n' });
      await core.make('repo:ensure', request);
      await host.close();
      const theirs = {
        component: { pay: PAGES },
        default: { component: { pay: PAGES } },
        ...PAGES,
      };
      place.setContent({ theirs });
      mkdirSync(dirname(place.resolve(link)), { recursive: true });
      symlinkSync(place.resolve('theirs'), place.resolve(link));
      await at.current.start({ documentsDirectory: place.resolve('docs') });
      const destroy = core.run('destroy');
      expect(await core.make('local:tidy', request, destroy)).toEqual({
        state: 'done',
      });
      const left = ['component/pay', 'index.html'].map(path =>
        existsSync(place.resolve('theirs', path)),
      );
      expect(left).toEqual([true, true]);
      // The folder of all documents may be a link: whoever runs the portal set it.
      expect(existsSync(place.resolve('theirs/default/component/pay'))).toBe(
        link !== 'docs',
      );
    },
  );

  it('may have been published nowhere', async () => {
    expect(await tidied({})).toEqual({ state: 'done' });
  });
});
