import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { until } from '../local/__testUtils__/until';
import type { WorkingCopy } from '../local/__testUtils__/testRemote';
import type { EffectRequest } from '../effects/driver';
import { HostHarness } from './__testUtils__/hostHarness';

const component = (owner = 'payments', annotations = '') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pay
  annotations:
    backstage.io/techdocs-ref: dir:.
${annotations}
spec: { type: service, lifecycle: experimental, owner: ${owner} }
`;
const API = `
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: pay }
spec:
  type: openapi
  lifecycle: experimental
  owner: group:default/payments
  definition: { $text: ./openapi.yaml }
`;
const FILES = {
  'catalog-info.yaml': `${component()}---${API}`,
  'openapi.yaml': 'openapi: 3.1.0\n',
  'docs/index.md': '# Pay\n',
};

describe('what the catalog is told of a repository', () => {
  const at = HostHarness.each();
  let request: EffectRequest;
  let copy: WorkingCopy;

  beforeEach(async () => {
    const { core } = at.current;
    request = core.add(FILES);
    await core.make('repo:ensure', request);
    copy = await at.current.clone(request);
  });

  async function push(files: Record<string, string>) {
    await copy.commit('change', files);
    await copy.git('push', '--quiet', 'origin', 'main');
    return copy.git('rev-parse', 'HEAD');
  }

  async function shown() {
    const { items } = await at.current.host.entities({ limit: 10 });
    return items.map(({ entity }) => entity) as any[];
  }

  const codes = async () =>
    (await at.current.host.findingsOf(request.id)).map(({ code }) => code);

  it('is nothing before somebody wants it told, and once what main says', async () => {
    const { core } = at.current;
    expect(await shown()).toEqual([]);
    const run = core.run();
    expect(await core.lookUp('catalog:entity:ensure', request, run)).toEqual({
      state: 'absent',
    });
    for (const attempt of [1, 2]) {
      expect(
        await core.make('catalog:entity:ensure', request, run, { attempt }),
      ).toMatchObject({
        state: 'done',
        origin: 'created',
        output: { entityRef: 'component:default/pay' },
        links: [{ kind: 'component', target: 'component:default/pay' }],
      });
    }
    expect(
      await core.lookUp('catalog:entity:ensure', request, run),
    ).toMatchObject({ state: 'done' });
    const [api, own] = await shown();
    expect([api.kind, own.kind]).toEqual(['API', 'Component']);
    expect(api.spec.definition).toBe('openapi: 3.1.0\n');
    const location: string =
      own.metadata.annotations['backstage.io/managed-by-location'];
    expect(location).toMatch(/^file:\/.*\/catalog-info\.yaml$/);
    // TechDocs reads what lies beside it.
    const file = location.slice('file:'.length);
    const docs = file.replace('catalog-info.yaml', 'docs/index.md');
    expect(readFileSync(docs, 'utf8')).toBe('# Pay\n');
    // Nobody writes there.
    expect(statSync(docs).mode % 0o1000).toBe(0o444);
  });

  it('waits until the catalog has it, where somebody can say', async () => {
    const { core, host } = at.current;
    await host.close();
    let asked = 0;
    await at.current.start({
      inCatalog: async (ref, requestId) => {
        expect([ref, requestId]).toEqual(['component:default/pay', request.id]);
        asked += 1;
        if (asked === 1) {
          throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
        }
        return asked > 2;
      },
    });
    expect(await core.make('catalog:entity:ensure', request)).toMatchObject({
      state: 'done',
    });
    expect(asked).toBe(3);
    expect(core.lines).toContainEqual(
      expect.stringContaining('The catalog is away at the moment'),
    );
  });

  it('follows main, tells that it does, and has the documents of that commit', async () => {
    const { core, events, db } = at.current;
    await core.make('catalog:entity:ensure', request);
    events.publish.mockClear();
    const commit = await push({
      'openapi.yaml': 'openapi: 3.2.0\n',
      'docs/index.md': '# Pay, again\n',
    });
    const [api, own] = await shown();
    expect(api.spec.definition).toBe('openapi: 3.2.0\n');
    const location: string =
      own.metadata.annotations['backstage.io/managed-by-location'];
    expect(location).toContain(commit);
    await until(
      async () => !(await db('outbox').where('state', 'waiting').first()),
    );
    expect(events.publish).toHaveBeenCalledWith({
      topic: 'provisioning.service.described',
      eventPayload: expect.objectContaining({ id: request.id }),
    });
  });

  it('is nobody’s group, no other owner, no inside address, no other location', async () => {
    const { core } = at.current;
    await core.make('catalog:entity:ensure', request);
    const before = await shown();
    await push({
      'catalog-info.yaml': [
        'kind: Group\napiVersion: backstage.io/v1alpha1\nmetadata: { name: admins }\nspec: { type: team, children: [], members: [user:default/eve] }\n',
        component('admins'),
        API.replace('./openapi.yaml', 'http://127.0.0.1:7007/api/catalog'),
      ].join('---\n'),
    });
    expect(await shown()).toEqual(before);
    expect(await codes()).toEqual([
      'entity.kind',
      'entity.owner',
      'entity.placeholder',
    ]);
    await push({
      'catalog-info.yaml': `${component(
        'payments',
        '    backstage.io/managed-by-location: url:http://127.0.0.1/x',
      )}---${API}`,
    });
    // Its own Component stays as it was; the other document comes out.
    const [api, own] = await shown();
    expect(own).toEqual(before[1]);
    expect(api.metadata.annotations).not.toEqual(
      before[0].metadata.annotations,
    );
    expect(await codes()).toEqual(['entity.annotation']);
    await push({ 'catalog-info.yaml': FILES['catalog-info.yaml'] });
    expect(await codes()).toEqual([]);
  });

  it('does not follow a symbolic link out of the repository', async () => {
    const { core } = at.current;
    await core.make('catalog:entity:ensure', request);
    await copy.git('rm', '--quiet', 'openapi.yaml');
    symlinkSync('/etc/passwd', `${copy.path}/openapi.yaml`);
    const commit = await push({});
    const [api, own] = await shown();
    expect(api.spec.definition).toBe('openapi: 3.1.0\n');
    expect(await codes()).toEqual(['entity.text']);
    const location: string =
      own.metadata.annotations['backstage.io/managed-by-location'];
    expect(location).toContain(commit);
    expect(
      existsSync(
        location
          .slice('file:'.length)
          .replace('catalog-info.yaml', 'openapi.yaml'),
      ),
    ).toBe(false);
  });

  it('says what is missing, and keeps what was told', async () => {
    const { core } = at.current;
    await core.make('catalog:entity:ensure', request);
    const before = await shown();
    await copy.git('rm', '--quiet', 'catalog-info.yaml');
    await push({});
    expect(await codes()).toEqual(['entity.missing']);
    expect(await shown()).toEqual(before);
  });

  it('leaves with the service, and is listed a page at a time', async () => {
    const { core, host } = at.current;
    await core.make('catalog:entity:ensure', request);
    const first = await host.entities({ limit: 1 });
    expect(first.items).toHaveLength(1);
    const second = await host.entities({
      limit: 1,
      cursor: first.nextCursor!,
    });
    expect(second.nextCursor).toBeNull();
    expect([...first.items, ...second.items].map(i => i.entity.kind)).toEqual([
      'API',
      'Component',
    ]);
    await expect(
      host.entities({ limit: 1, cursor: 'made-up' }),
    ).rejects.toMatchObject({ name: 'InputError' });
    const run = core.run('destroy');
    await core.make('catalog:entity:remove', request, run);
    await core.make('catalog:entity:remove', request, run);
    expect(await core.lookUp('catalog:entity:remove', request, run)).toEqual({
      state: 'done',
    });
    expect(await shown()).toEqual([]);
    await push({ 'docs/index.md': 'later' });
    expect(await shown()).toEqual([]);
  });
});
