import { describeSandbox } from '../local/__testUtils__/sandboxes';
import { testService } from '../local/__testUtils__/testService';
import { until } from '../local/__testUtils__/until';
import { HostHarness } from './__testUtils__/hostHarness';
import { MIRA } from './__testUtils__/testCore';

const CATALOG_INFO = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pay
  annotations:
    backstage.io/techdocs-ref: dir:.
spec:
  type: service
  lifecycle: experimental
  owner: group:default/payments
`;

describeSandbox.each(['SQLITE_3', 'POSTGRES_18'] as const)(
  'the local host, from a repository to nothing, %s',
  databaseId => {
    const at = HostHarness.each(databaseId);
    const files = (greeting: string, more = {}) => ({
      ...testService({ greeting, ...more }),
      'catalog-info.yaml': CATALOG_INFO,
    });

    it('makes, builds, deploys, deploys again, goes back and takes down', async () => {
      const { core, host, delivery, db } = at.current;
      const request = core.add(files('one'));
      const create = core.run();
      const made = await core.make('repo:ensure', request, create);
      expect(made).toMatchObject({ state: 'done', origin: 'created' });
      expect(
        await core.make('catalog:entity:ensure', request, create),
      ).toMatchObject({ state: 'done' });
      const built = await core.make('service:build', request, create);
      expect(built).toMatchObject({ state: 'done' });
      const deployed = await core.make('service:deploy', request, create);
      expect(deployed).toMatchObject({ state: 'done' });
      const { address } = (deployed as any).output;
      const greeting = async () =>
        ((await (await fetch(address)).json()) as any).greeting;
      expect(await greeting()).toBe('one');
      expect(await core.make('events:tell', request, create)).toMatchObject({
        state: 'done',
      });
      expect(delivery.deployments).toEqual([
        'running deploy',
        'success deploy',
      ]);
      expect(delivery.commits).toEqual([(made as any).output.commit]);

      const copy = await at.current.clone(request);
      const second = await copy.commit('two', files('two'));
      await copy.git('push', '--quiet', 'origin', 'main');
      expect(core.pushes).toEqual([
        {
          requestId: request.id,
          commit: (made as any).output.commit,
          by: undefined,
        },
        { requestId: request.id, commit: second, by: MIRA },
      ]);
      const push = core.run('deploy', { commit: second });
      expect(await core.make('service:build', request, push)).toMatchObject({
        state: 'done',
        output: { commit: second },
      });
      expect(await core.make('service:deploy', request, push)).toMatchObject({
        state: 'done',
        output: { address },
      });
      expect(await greeting()).toBe('two');

      const back = core.run('rollback');
      expect(await core.make('service:deploy', request, back)).toMatchObject({
        state: 'done',
        output: { digest: (built as any).output.digest },
      });
      expect(await greeting()).toBe('one');
      await core.make('events:tell', request, back);
      expect(delivery.deployments.slice(2)).toEqual([
        'running deploy',
        'success deploy',
        'running rollback',
        'success rollback',
      ]);
      expect(
        (await host.releasesOf(request.id)).map(({ kind, current }) => [
          kind,
          current,
        ]),
      ).toEqual([
        ['rollback', true],
        ['deploy', false],
        ['deploy', false],
      ]);

      const destroy = core.run('destroy');
      for (const type of [
        'events:retire',
        'service:remove',
        'local:tidy',
        'catalog:entity:remove',
        'repo:remove',
      ] as const) {
        expect(await core.make(type, request, destroy)).toEqual({
          state: 'done',
        });
      }
      await expect(fetch(address)).rejects.toThrow();
      expect((await host.atticOf(request.id))?.fileName).toBe('pay.bundle');
      for (const table of [
        'local_repositories',
        'local_services',
        'local_children',
        'local_builds',
        'local_releases',
        'local_git_tokens',
        'local_entities',
        'local_findings',
      ]) {
        expect([table, await db(table).select()]).toEqual([table, []]);
      }
      await until(
        async () => !(await db('outbox').where('state', 'waiting').first()),
      );
      expect(at.current.logger.error).not.toHaveBeenCalled();
    });
  },
);
