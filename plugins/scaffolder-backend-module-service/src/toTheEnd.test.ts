import type { Entity } from '@backstage/catalog-model';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import { registryFault, sandboxFault } from './__testUtils__/npm';
import { MIRA, startPortal } from './__testUtils__/portal';

jest.setTimeout(300_000);

/** Of the portal and of npm, planted. */
const SECRETS = ['planted-portal-secret-8642', 'planted-npm-secret-1357'];

const fault = sandboxFault() ?? registryFault();
if (fault) {
  process.stderr.write(`SKIPPED: nothing is built and run here: ${fault}\n`);
}

(fault ? describe.skip : describe)(
  'node-api, asked for by the form of the scaffolder',
  () => {
    const directory = createMockDirectory();
    const before = { ...process.env };
    beforeEach(() => {
      process.env.PLANTED = SECRETS[0];
      process.env['npm_config_//registry.example/:_authToken'] = SECRETS[1];
    });
    afterEach(() => {
      process.env = { ...before };
    });

    it('is a repository, a green build and a running service, and can be taken down', async () => {
      const portal = await startPortal({
        config: {
          provisioning: {
            local: { enabled: true, directory: directory.path },
          },
        },
        // What the entity provider would have told it.
        isInCatalog: async ref => {
          if (!ref.startsWith('component:')) return undefined;
          const all = await portal.requests(MIRA);
          const found = all.find(({ name }) => ref.endsWith(`/${name}`));
          return found && componentOf(found);
        },
      });
      try {
        const id = await portal.start(MIRA, 'node-api', {
          name: 'orders',
          description: 'Takes orders',
          owner: 'group:default/payments',
          repositoryHost: 'local',
        });
        const { status, log, output } = await portal.until(MIRA, id);
        expect([status, log]).toEqual(['completed', expect.any(String)]);
        // The page of the task says what was let onto this computer.
        expect(log).toContain('in a room of their own');
        expect(output).toMatchObject({
          text: [
            { content: expect.stringContaining('in a room of their own') },
          ],
        });
        // The log of the build is that of the step.
        expect(log).toMatch(/# pass \d+|pass \d+/);
        const [{ id: request }] = await portal.requests(MIRA);
        const { service } = await portal.read(
          MIRA,
          `/provisioning/requests/${request}`,
        );
        expect(service).toMatchObject({ state: 'healthy' });
        expect((await fetch(`${service.address}/health`)).status).toBe(200);
        // The task, the ledger with its logs, and the files that were rendered.
        const read = (part: string) =>
          portal.read(MIRA, `/provisioning/requests/${request}${part}`);
        const parts = ['', '/effects', '/logs', '/revisions'].map(read);
        const { files } = await read('/bundle');
        const told = JSON.stringify([
          await portal.taskOf(MIRA, id),
          await Promise.all(parts),
          files.map(({ bytes }: { bytes: string }) => atob(bytes)),
        ]);
        expect(told).toContain('service:render');
        expect(told).toContain('Needs Node.js 22.18 or newer');
        expect(SECRETS.filter(secret => told.includes(secret))).toEqual([]);
        await portal.read(MIRA, `/provisioning/requests/${request}/destroy`, {
          confirm: 'orders',
        });
        const deadline = Date.now() + 60_000;
        const stateNow = async () => (await portal.requests(MIRA))[0].state;
        while ((await stateNow()) !== 'destroyed' && Date.now() < deadline) {
          await new Promise(resolve => setTimeout(resolve, 100));
        }
        expect(await stateNow()).toBe('destroyed');
      } finally {
        await portal.stop();
      }
    });
  },
);

function componentOf({ id, name }: { id: string; name: string }): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { [ANNOTATION_PROVISIONING_REQUEST]: id },
    },
    relations: [],
  };
}
