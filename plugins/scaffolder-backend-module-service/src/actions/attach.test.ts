import { parse } from 'yaml';
import { templateNamed } from '../templateFolders';
import {
  ANNA,
  failed,
  MIRA,
  startPortal,
  TOM,
  type Portal,
} from '../__testUtils__/portal';
import { FOLLOWED } from './effect';
import {
  destroyExamples,
  effectExamples,
  planExamples,
  requestExamples,
} from './examples';

jest.setTimeout(300_000);

const VALUES = {
  name: 'orders',
  description: 'Takes orders',
  owner: 'group:default/payments',
  repositoryHost: 'github',
  repositoryOwner: 'acme',
};

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(() => {
  portal.host.plays.clear();
  portal.host.gates.clear();
  portal.host.made.length = 0;
});

/** How often each effect was made. */
const madeOnce = () =>
  expect(new Set(portal.host.made).size).toBe(portal.host.made.length);

describe('a task of a service template', () => {
  it('makes the service, tells what its run does, and leads to it', async () => {
    const id = await portal.start(MIRA, 'node-api', VALUES);
    const { status, log, output } = await portal.until(MIRA, id);
    expect([status, log]).toEqual(['completed', expect.any(String)]);
    const [{ id: request }] = await portal.requests(MIRA);
    expect(output).toMatchObject({
      links: [
        { url: `/provisioning/requests/${request}` },
        { entityRef: 'component:default/orders' },
      ],
    });
    for (const line of [
      'repo:ensure of orders',
      'ci:ensure of orders',
      'catalog:entity:ensure of orders',
      // GitHub deploys by its own means.
      'orders has no service:deploy',
    ]) {
      expect(log).toContain(line);
    }
    madeOnce();
  });

  it('finds what is there: the same wish is the same request', async () => {
    const id = await portal.start(TOM, 'node-api', VALUES);
    expect((await portal.until(TOM, id)).status).toBe('completed');
    expect(portal.host.made).toEqual([]);
    expect(await portal.requests(TOM)).toHaveLength(1);
    const other = { ...VALUES, description: 'Takes other orders' };
    const differs = await portal.start(TOM, 'node-api', other);
    const { status, log } = await portal.until(TOM, differs);
    expect(status).toBe('failed');
    expect(log).toContain('it differs in description');
  });

  it('fails with what stands in the way, before anything is made', async () => {
    const values = { ...VALUES, name: 'theirs' };
    const id = await portal.start(ANNA, 'node-api', values);
    const { status, log } = await portal.until(ANNA, id);
    expect(status).toBe('failed');
    expect(log).toContain('group:default/payments');
    expect(portal.host.made).toEqual([]);
    expect(await portal.requests(ANNA)).toEqual([]);
  });

  it('goes on with the same request when it is tried again, and makes nothing twice', async () => {
    const values = { ...VALUES, name: 'again' };
    portal.host.play('ci:ensure', failed('No runner'), failed('No runner yet'));
    const id = await portal.start(MIRA, 'node-api', values);
    const first = await portal.until(MIRA, id);
    expect(first.status).toBe('failed');
    expect(first.log).toContain('ci:ensure is failed: No runner');
    const [{ id: request }] = await portal.requests(MIRA);
    expect(first.log).toContain(`/provisioning/requests/${request} has more`);

    await portal.send(MIRA, `/scaffolder/v2/tasks/${id}/retry`, {});
    const second = await portal.until(MIRA, id, 'No runner yet');
    expect(second.log).toContain('It failed before; going on with it');
    expect((await portal.until(MIRA, id)).status).toBe('failed');

    // Somebody else who may tries again, by their own rights.
    await portal.send(TOM, `/scaffolder/v2/tasks/${id}/retry`, {});
    const last = await portal.until(TOM, id, 'Finished step Start it');
    expect(last.log).toContain('It failed before; going on with it');
    expect((await portal.until(TOM, id)).status).toBe('completed');
    madeOnce();
    const names = (await portal.requests(MIRA)).map(({ name }) => name);
    expect(names.filter(name => name === 'again')).toHaveLength(1);
  });

  it('says that a person has to look, and where', async () => {
    const values = { ...VALUES, name: 'person' };
    portal.host.play('repo:ensure', failed('Somebody else pushed', true));
    const id = await portal.start(MIRA, 'node-api', values);
    const { status, log } = await portal.until(MIRA, id);
    expect(status).toBe('failed');
    expect(log).toContain('Somebody else pushed (a person has to look at it;');
  });

  it('that is cancelled stops no run', async () => {
    const values = { ...VALUES, name: 'cancelled' };
    let open = () => {};
    portal.host.gates.set(
      'repo:ensure',
      new Promise(resolve => {
        open = resolve;
      }),
    );
    const id = await portal.start(MIRA, 'node-api', values);
    await portal.until(MIRA, id, 'Beginning step Make the repository');
    await portal.send(MIRA, `/scaffolder/v2/tasks/${id}/cancel`, {});
    await portal.until(MIRA, id);
    open();
    const stateOf = async () =>
      (await portal.requests(MIRA)).find(({ name }) => name === 'cancelled')
        ?.state;
    const deadline = Date.now() + 60_000;
    while ((await stateOf()) !== 'ready' && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(await stateOf()).toBe('ready');
    madeOnce();
  });

  it.each(['node-api', 'node-library', 'node-web', 'node-worker'])(
    'shows in a dry run of %s what would be, and makes nothing',
    async name => {
      const before = await portal.requests(MIRA);
      const { entity } = await templateNamed(name);
      const { output, log } = await portal.read(
        MIRA,
        '/scaffolder/v2/dry-run',
        {
          template: entity,
          values: {
            ...VALUES,
            name: 'trial',
            description: 'It\'s "on": `x` ${{ y }}',
          },
          directoryContents: [],
        },
      );
      expect(output.links[1]).toMatchObject({
        entityRef: 'component:default/trial',
      });
      expect(JSON.stringify(log)).toContain('Would wait for the pipeline');
      expect(portal.host.made).toEqual([]);
      expect(await portal.requests(MIRA)).toEqual(before);
    },
  );
});

/** A step of an example, for a request that is there. */
function stepsOf(example: string, values: Record<string, string>) {
  const [step] = parse(example).steps;
  return [{ ...step, input: { ...step.input, ...values } }];
}

describe('the examples', () => {
  const dryRun = (steps: object[], output: object) =>
    portal.read(MIRA, '/scaffolder/v2/dry-run', {
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'trial' },
        spec: {
          type: 'service',
          owner: 'guests',
          parameters: [],
          steps,
          output,
        },
      },
      values: {},
      directoryContents: [],
    });
  const ON_GITHUB = { repositoryHost: 'github', repositoryOwner: 'acme' };

  it.each([...planExamples, ...requestExamples])(
    '$description',
    async ({ example }) => {
      const steps = stepsOf(example, { ...ON_GITHUB, name: 'examples' });
      const { output } = await dryRun(steps, {
        plan: '${{ steps.it.output.planDigest }}',
        state: '${{ steps.it.output.state }}',
      });
      const done = [output.plan, output.state].filter(Boolean);
      expect(done).toEqual([expect.stringMatching(/^([0-9a-f]{64}|planned)$/)]);
      expect(portal.host.made).toEqual([]);
    },
  );

  it('of what waits and takes down run on a request', async () => {
    const values = { ...VALUES, name: 'examples' };
    const made = await portal.start(MIRA, 'node-api', values);
    await portal.until(MIRA, made);
    const all = await portal.requests(MIRA);
    const { id } = all.find(({ name }) => name === 'examples')!;
    const examples = [
      ...Object.keys(FOLLOWED).flatMap(effectExamples),
      ...destroyExamples,
    ];
    for (const { example } of examples) {
      const steps = stepsOf(example, { requestId: id });
      const { output } = await dryRun(steps, {
        state: '${{ steps.it.output.state }}',
      });
      expect(output.state).toBe('planned');
    }
    const { state } = await portal.read(MIRA, `/provisioning/requests/${id}`);
    expect(state).toBe('ready');
  });

  it('of a template that is not here says which there are', async () => {
    const [{ example }] = planExamples;
    const steps = stepsOf(example, { ...ON_GITHUB, template: 'nope' });
    await expect(dryRun(steps, {})).rejects.toThrow(
      'there is no nope here, only node-api, node-library',
    );
  });

  it('of other files than those that were looked at stops before anything is made', async () => {
    const [{ example }] = planExamples;
    const expectedDigest = 'a'.repeat(64);
    const steps = stepsOf(example, { ...ON_GITHUB, expectedDigest });
    await expect(dryRun(steps, {})).rejects.toThrow('render them again');
  });
});
