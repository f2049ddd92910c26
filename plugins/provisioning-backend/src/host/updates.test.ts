import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { git, type WorkingCopy } from '../local/__testUtils__/testRemote';
import { tipOf } from '../local';
import type { EffectRequest } from '../effects/driver';
import { HostHarness } from './__testUtils__/hostHarness';
import { bundleOf, JONAS, MIRA } from './__testUtils__/testCore';

const component = (version: string) => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pay
  annotations:
    backstage.io/techdocs-ref: dir:.
    fawkes.dev/template-version: "${version}"
    example.com/own: theirs
spec: { type: service, lifecycle: experimental, owner: payments }
`;
const FILES = {
  '.github/workflows/ci.yml': 'on: push\n',
  'catalog-info.yaml': component('1.0.0'),
  Dockerfile: 'FROM node:24\nCMD ["node"]\n',
  'package.json': '{}\n',
  'package-lock.json': '{}\n',
  'src/app.js': 'one();\ntwo();\nthree();\n',
  'src/gone.js': 'old();\n',
};
const NEXT = {
  ...FILES,
  'catalog-info.yaml': component('2.0.0'),
  'src/app.js': 'one();\ntwo();\nthree(3);\n',
  'src/new.js': 'fresh();\n',
} as Record<string, string>;
delete NEXT['src/gone.js'];

describe('what people and a template make of a repository', () => {
  const at = HostHarness.each();
  let request: EffectRequest;
  let copy: WorkingCopy;

  beforeEach(async () => {
    const { core } = at.current;
    request = core.add(FILES);
    await core.make('repo:ensure', request);
    copy = await at.current.clone(request);
  });

  const directory = () => `${at.current.local}/repositories/${request.id}.git`;

  async function push(files: Record<string, string>, ...removed: string[]) {
    if (removed.length > 0) await copy.git('rm', '--quiet', ...removed);
    const commit = await copy.commit('change', files);
    await copy.git('push', '--quiet', 'origin', 'main');
    return commit;
  }

  async function drift() {
    const { word, files, behind } = await at.current.host.driftOf(request);
    return [word, files.map(file => `${file.path} ${file.word}`), behind];
  }

  describe('drift', () => {
    it('is none where main is as it was written', async () => {
      expect(await drift()).toEqual(['in_sync', [], null]);
    });

    it('looks at what is managed, and leaves the rest to people', async () => {
      await push({
        'src/app.js': 'theirs();\n',
        Dockerfile: 'FROM node:24\nRUN make\n',
        'package.json': '{"a":1}\n',
      });
      expect(await drift()).toEqual(['in_sync', [], null]);
    });

    it('says what people changed', async () => {
      await push({
        '.github/workflows/ci.yml': 'on: pull_request\n',
        Dockerfile: 'FROM alpine\n',
        'catalog-info.yaml': component('1.0.1').replace(
          'theirs',
          'ours\n    example.com/new: ours',
        ),
      });
      expect(await drift()).toEqual([
        'changed_by_people',
        [
          '.github/workflows/ci.yml changed_by_people',
          'Dockerfile#FROM changed_by_people',
          'catalog-info.yaml#example.com/own changed_by_people',
          'catalog-info.yaml#fawkes.dev/template-version changed_by_people',
        ],
        null,
      ]);
    });

    it('says which image and which annotation are other ones', async () => {
      await push({
        Dockerfile: 'FROM alpine\n',
        'catalog-info.yaml': component('1.0.1'),
      });
      const { files } = await at.current.host.driftOf(request);
      expect(
        files.map(({ reason: { code, params } }) => [code, params]),
      ).toEqual([
        ['drift.base_unpinned', { found: 'alpine', wanted: 'node:24' }],
        [
          'drift.annotation_changed',
          {
            annotation: 'fawkes.dev/template-version',
            found: '1.0.1',
            written: '1.0.0',
          },
        ],
      ]);
    });

    it('says what is broken', async () => {
      await push({}, '.github/workflows/ci.yml', 'catalog-info.yaml');
      const [word, files] = await drift();
      expect(word).toBe('broken');
      expect(files).toEqual(
        expect.arrayContaining([
          '.github/workflows/ci.yml broken',
          'catalog-info.yaml broken',
        ]),
      );
    });

    it('says that the template went on', async () => {
      at.current.core.newestFiles = { version: '2.0.0', files: bundleOf(NEXT) };
      expect(await drift()).toEqual([
        'behind_template',
        ['catalog-info.yaml#fawkes.dev/template-version behind_template'],
        { from: '1.0.0', to: '2.0.0' },
      ]);
    });

    it('is unknown where nothing is there to look at', async () => {
      await at.current.core.make('repo:remove', request);
      expect(await drift()).toEqual(['unknown', [], null]);
    });
  });

  describe('an update', () => {
    const revised = () => at.current.core.revise(request, NEXT);

    async function proposed() {
      const next = revised();
      const run = at.current.core.run('update');
      const result = await at.current.core.make('repo:propose', next, run);
      const review = await at.current.host.reviewOf(next, 2);
      return { next, run, result, review: review! };
    }

    it('is on a branch of its own, merged with what people wrote, and main stays', async () => {
      const theirs = await push({
        'src/app.js': 'zero();\none();\ntwo();\nthree();\n',
        'src/theirs.js': 'mine();\n',
      });
      const { result, review } = await proposed();
      expect(result).toMatchObject({
        state: 'done',
        output: { branch: 'fawkes/update-2', base: theirs, conflicts: [] },
      });
      expect(await tipOf(directory())).toBe(theirs);
      expect(review).toMatchObject({
        state: 'open',
        branch: 'fawkes/update-2',
        head: theirs,
        url: null,
      });
      expect(review.files.map(({ path, change }) => [path, change])).toEqual([
        ['catalog-info.yaml', 'changed'],
        ['src/app.js', 'changed'],
        ['src/gone.js', 'removed'],
        ['src/new.js', 'added'],
      ]);
      const app = review.files.find(({ path }) => path === 'src/app.js');
      expect(app?.diff).toContain('-three();\n+three(3);');
      await copy.git('fetch', '--quiet');
      expect(await copy.git('show', 'origin/fawkes/update-2:src/app.js')).toBe(
        'zero();\none();\ntwo();\nthree(3);',
      );
      expect(
        await copy.git('log', '-1', '--format=%B', 'origin/fawkes/update-2'),
      ).toContain(`Fawkes-Request: ${request.id}`);
    });

    it('is made once, however often it is told to', async () => {
      const { next, run, result } = await proposed();
      const { core } = at.current;
      expect(
        await core.make('repo:propose', next, run, { attempt: 2 }),
      ).toEqual(result);
      expect(await core.lookUp('repo:propose', next, run)).toEqual(result);
      expect(
        await git(directory(), 'rev-list', '--count', 'main..fawkes/update-2'),
      ).toBe('1');
      expect(
        await core.lookUp('repo:propose', { ...next, revision: 3 }, run),
      ).toEqual({ state: 'absent' });
    });

    it('lists files that do not go together, and commits no marks', async () => {
      await push({ 'src/app.js': 'one();\ntwo();\nthree("theirs");\n' });
      const { result, review } = await proposed();
      expect(result).toMatchObject({
        state: 'done',
        note: { code: 'propose.conflicts', params: { count: 1 } },
        output: { conflicts: ['src/app.js'] },
      });
      const conflict = review.files.find(({ change }) => change === 'conflict');
      expect(conflict?.path).toBe('src/app.js');
      expect(conflict?.diff).toContain('+three(3);');
      await copy.git('fetch', '--quiet');
      const text = await copy.git('show', 'origin/fawkes/update-2:src/app.js');
      expect(text).toContain('theirs');
      expect(text).not.toContain('<<<<');
    });

    it('is merged by a person, whose push that counts as', async () => {
      const theirs = await push({ 'src/theirs.js': 'mine();\n' });
      const { next, review } = await proposed();
      const { host, core } = at.current;
      core.pushes.length = 0;
      const merged = (await host.merge(next, {
        revision: 2,
        head: review.head!,
        by: JONAS,
      })) as { outcome: 'merged'; commit: string };
      expect(merged.outcome).toBe('merged');
      expect(await tipOf(directory())).toBe(merged.commit);
      expect(core.pushes).toEqual([
        { requestId: request.id, commit: merged.commit, by: JONAS },
      ]);
      const said = await git(directory(), 'cat-file', '-p', merged.commit);
      expect(said).toContain(`parent ${theirs}`);
      expect(said).toContain('author jonas <jonas@portal.local>');
      expect((await host.reviewOf(next, 2))?.state).toBe('merged');
      // Merged twice is merged once.
      expect(
        await host.merge(next, { revision: 2, head: theirs, by: MIRA }),
      ).toMatchObject({ outcome: 'merged' });
      expect(core.pushes).toHaveLength(1);
      // From now on that is what was written last.
      core.newestFiles = { version: '1.0.0', files: bundleOf(NEXT) };
      expect(await drift()).toEqual(['in_sync', [], null]);
    });

    it('is not merged into what nobody looked at', async () => {
      const { next, review } = await proposed();
      const later = await push({ 'src/theirs.js': 'mine();\n' });
      const { host } = at.current;
      expect(
        await host.merge(next, { revision: 2, head: review.head!, by: MIRA }),
      ).toEqual({ outcome: 'moved', head: later });
      expect(await tipOf(directory())).toBe(later);
      expect(
        await host.merge(next, { revision: 2, head: later, by: MIRA }),
      ).toMatchObject({ outcome: 'merged' });
    });

    it('tells where it does not merge any more', async () => {
      const { next } = await proposed();
      const head = await push({ 'src/app.js': 'one();\ntwo();\nfour();\n' });
      expect(
        await at.current.host.merge(next, { revision: 2, head, by: MIRA }),
      ).toEqual({ outcome: 'conflicts', paths: ['src/app.js'] });
      expect(await tipOf(directory())).toBe(head);
    });

    it('is nothing where main has it all, and the next one begins there', async () => {
      await push(NEXT, 'src/gone.js');
      const { result, review } = await proposed();
      expect(result).toMatchObject({
        state: 'done',
        note: { code: 'propose.nothing' },
      });
      expect(review).toMatchObject({ state: 'merged', files: [] });
    });

    it('is closed by a later one, and is none for the first revision', async () => {
      const { next } = await proposed();
      const { core, host } = at.current;
      const third = core.revise(next, {
        ...NEXT,
        'src/new.js': 'fresher();\n',
      });
      expect(await host.reviewOf(third, 3)).toMatchObject({
        state: 'preparing',
        head: null,
      });
      await core.make('repo:propose', third, core.run('update'));
      expect((await host.reviewOf(third, 2))?.state).toBe('closed');
      expect((await host.reviewOf(third, 3))?.state).toBe('open');
      expect(await host.reviewOf(third, 1)).toBeNull();
      expect(
        await host.merge(third, { revision: 9, head: 'x', by: MIRA }),
      ).toEqual({ outcome: 'gone' });
    });

    it('can be looked at while all of it is taken down', async () => {
      const { next } = await proposed();
      const { host } = at.current;
      const to = (await tipOf(directory()))!;
      const looks: ReadonlyArray<() => Promise<unknown>> = [
        () => host.reviewOf(next, 2),
        () => host.driftOf(next),
        () => host.commitsOf(next.id, { to }),
        () => host.othersCommits(next.id),
        () => host.newestGreen(next.id),
      ];
      const away = `${directory()}.away`;
      for (const look of looks) {
        for (const after of [0, 2, 5, 10, 20]) {
          const looked = look();
          await setTimeout(after);
          renameSync(directory(), away);
          try {
            // Whatever it says, it says.
            await looked;
          } finally {
            renameSync(away, directory());
          }
        }
      }
      renameSync(directory(), away);
      expect(await host.reviewOf(next, 2)).toMatchObject({
        state: 'closed',
        head: null,
        files: [],
      });
      expect(await host.driftOf(next)).toMatchObject({ word: 'unknown' });
      expect(await host.commitsOf(next.id, { to })).toBeUndefined();
      expect(await host.othersCommits(next.id)).toEqual([]);
    });

    it('does not touch links and other things of people', async () => {
      await copy.git('config', 'core.symlinks', 'true');
      await git(copy.path, 'rm', '--quiet', '--cached', 'src/gone.js');
      rmSync(`${copy.path}/src/gone.js`);
      symlinkSync('app.js', `${copy.path}/src/link.js`);
      await push({});
      const { result } = await proposed();
      expect(result.state).toBe('done');
      await copy.git('fetch', '--quiet');
      expect(
        await copy.git('ls-tree', 'origin/fawkes/update-2', 'src/link.js'),
      ).toMatch(/^120000 /);
    });
  });
});
