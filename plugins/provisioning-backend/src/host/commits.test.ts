import fc from 'fast-check';
import { git } from '../local/__testUtils__/testRemote';
import { parseNumstat } from '../local/gitRemote/range';
import { HostHarness } from './__testUtils__/hostHarness';
import { JONAS, MIRA } from './__testUtils__/testCore';

const FILES = { 'README.md': '# pay\n', 'src/main.js': 'run();\n' };

describe.each(['SQLITE_3', 'POSTGRES_18'] as const)(
  'what lies between two commits, %s',
  databaseId => {
    const at = HostHarness.each(databaseId);

    async function started() {
      const { core } = at.current;
      const request = core.add(FILES);
      const made = await core.make('repo:ensure', request, core.run());
      if (made.state !== 'done') throw new Error(made.state);
      const first = String(made.output?.commit);
      return { request, first };
    }
    const askedOf = (id: string, to: string, from?: string) =>
      at.current.host.commitsOf(id, { to, ...(from && { from }) });

    it('names authors, co-authors and who really pushed, and counts lines', async () => {
      const { request, first } = await started();
      const copy = await at.current.clone(request);
      await copy.commit(
        'Two\n\nText\n\nco-authored-by: Bea <bea@example.com>\n',
        {
          'src/main.js': 'run();\nwalk();\n',
          '.gitattributes': '*.js -diff\n* linguist-generated\n',
        },
      );
      await copy.git(
        'commit',
        '--amend',
        '--quiet',
        '--no-edit',
        '--author=Ada\x1fbea@example.com <ada@example.com>',
      );
      const two = await copy.git('rev-parse', 'HEAD');
      await copy.git('mv', 'README.md', 'LIESMICH.md');
      const three = await copy.commit('Three', { 'a\tb.bin': '\0\0\0' });
      await copy.git('push', '--quiet', 'origin', 'main');

      const told = (await askedOf(request.id, three, first))!;
      expect(told).toMatchObject({
        repository: 'portal.local/default/pay',
        known: true,
        base: first,
        more: false,
      });
      expect(told.items).toEqual([
        expect.objectContaining({ sha: three, coAuthors: [], by: MIRA }),
        {
          sha: two,
          author: {
            name: expect.stringContaining('Ada'),
            email: 'ada@example.com',
          },
          committer: { name: 'Mira', email: 'mira@example.com' },
          title: 'Two',
          coAuthors: ['co-authored-by: Bea <bea@example.com>'],
          own: false,
          by: MIRA,
        },
      ]);
      expect(told.files).toEqual([
        { path: '.gitattributes', added: 2, deleted: 0, binary: false },
        { path: 'LIESMICH.md', added: 0, deleted: 0, binary: false },
        { path: 'a\tb.bin', added: 0, deleted: 0, binary: true },
        { path: 'src/main.js', added: 1, deleted: 0, binary: false },
      ]);
    });

    it('tells the newest few where there is nothing to compare with', async () => {
      const { request, first } = await started();
      const nothing = { base: null, files: null, more: false };
      expect(await askedOf(request.id, first)).toMatchObject({
        ...nothing,
        items: [{ sha: first, own: true, by: null }],
      });
      const stranger = 'f'.repeat(40);
      expect(await askedOf(request.id, first, stranger)).toMatchObject(nothing);
      expect(await askedOf(request.id, stranger, first)).toMatchObject({
        known: false,
        items: [],
        ...nothing,
      });
      expect(await askedOf('no request', first)).toBeUndefined();
      expect(await askedOf(request.id, first, first)).toMatchObject({
        base: first,
        items: [],
        files: [],
      });
    });

    it('keeps apart who wrote and who pushed', async () => {
      const { request, first } = await started();
      at.current.core.mayUse = async () => ({ pull: true, push: true });
      const copy = await at.current.clone(request, JONAS);
      const sha = await copy.commit('By somebody else, it says', { a: '1' });
      await copy.git('push', '--quiet', 'origin', 'main');
      const { items } = (await askedOf(request.id, sha, first))!;
      expect(items).toMatchObject([
        { author: { name: 'Mira' }, own: false, by: JONAS },
      ]);
    });

    it('says that there are more than it reads', async () => {
      const { request, first } = await started();
      const copy = await at.current.clone(request);
      const one = await copy.commit(
        `Long\n\n${'Co-authored-by: A <a@example.com>\n'.repeat(51)}`,
        { a: '1' },
      );
      await copy.git('push', '--quiet', 'origin', 'main');
      expect(await askedOf(request.id, one, first)).toMatchObject({
        items: [],
        more: true,
      });
      const directory = `${at.current.local}/repositories/${request.id}.git`;
      const tree = await git(directory, 'rev-parse', `${one}^{tree}`);
      let tip = first;
      for (let count = 0; count < 3; count++) {
        tip = await git(
          directory,
          '-c',
          'user.name=Mira',
          '-c',
          'user.email=mira@example.com',
          'commit-tree',
          tree,
          '-p',
          tip,
          '-m',
          `More ${count}`,
        );
      }
      expect((await askedOf(request.id, tip, first))!.items).toHaveLength(3);
    });
  },
);

it('reads any file name git can tell of', () => {
  const count = fc.option(fc.nat(99_999), { nil: undefined });
  const path = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter(text => !text.includes('\0'));
  const file = fc.record({ count, path, old: fc.option(path) });
  fc.assert(
    fc.property(fc.array(file), files => {
      const output = files
        .map(each => {
          const lines = each.count === undefined ? '-' : String(each.count);
          return each.old === null
            ? `${lines}\t${lines}\t${each.path}\0`
            : `${lines}\t${lines}\t\0${each.old}\0${each.path}\0`;
        })
        .join('');
      expect(parseNumstat(output)).toEqual(
        files.map(each => ({
          path: each.path,
          added: each.count ?? 0,
          deleted: each.count ?? 0,
          binary: each.count === undefined,
        })),
      );
    }),
  );
});
