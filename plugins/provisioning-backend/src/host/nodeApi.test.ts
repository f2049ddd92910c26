import {
  readTemplate,
  renderService,
} from '@fawkes/backstage-plugin-provisioning-node';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describeSandbox } from '../local/__testUtils__/sandboxes';
import type { EffectResult } from '../effects/driver';
import { HostHarness } from './__testUtils__/hostHarness';
import { specOf } from './__testUtils__/testCore';

const TEMPLATE = join(
  __dirname,
  '../../../scaffolder-backend-module-service/templates/node-api',
);

/** Whether there is a registry to install packages from. */
function registryAnswers(): boolean {
  try {
    execFileSync('npm', ['view', 'fastify', 'version', '--fetch-retries=0'], {
      stdio: 'ignore',
      timeout: 20_000,
    });
    return true;
  } catch {
    process.stderr.write(
      'The service of the template is not run: no package registry answers.\n',
    );
    return false;
  }
}

/** Where tests decide about a change it is always run, and fails without one. */
const describeHere =
  process.env.CI || registryAnswers() ? describeSandbox : describe.skip;

describeHere('the service of the template node-api', () => {
  const at = HostHarness.each('SQLITE_3', {
    rules: { every: 1_000, within: 60_000 },
  });
  it('is made, installed, tested and started, and answers at its address', async () => {
    const { core, host } = at.current;
    const spec = specOf({ description: 'Greets "everybody"' });
    const template = await readTemplate(TEMPLATE);
    const bundle = renderService(
      template,
      { namespace: 'default', name: 'pay' },
      spec,
    );
    const request = core.add({}, { spec: { ...spec, template: template.ref } });
    core.bundles.set(
      `${request.id}/1`,
      [...bundle].map(([path, file]) => ({ path, ...file })),
    );
    const run = core.run();
    const seconds: Record<string, number> = {};
    const done: Record<string, EffectResult> = {};
    const begun = performance.now();
    for (const type of [
      'repo:ensure',
      'catalog:entity:ensure',
      'service:build',
      'service:deploy',
      'events:tell',
    ] as const) {
      const before = performance.now();
      done[type] = await core.make(type, request, run);
      seconds[type] = Math.round(performance.now() - before) / 1_000;
      if (done[type].state !== 'done') {
        throw new Error(
          `${type}: ${JSON.stringify(done[type])}\n${core.lines
            .slice(-40)
            .join('\n')}`,
        );
      }
    }
    const all = Math.round(performance.now() - begun) / 1_000;
    process.stderr.write(
      `node-api, seconds per effect: ${JSON.stringify(seconds)}; all: ${all}\n`,
    );
    process.stderr.write(
      `of them the build: ${JSON.stringify(
        (done['service:build'] as any).output,
      )}\n`,
    );
    const { address } = (done['service:deploy'] as any).output;
    for (const path of ['/health', '/ready', '/metrics']) {
      expect([path, (await fetch(`${address}${path}`)).status]).toEqual([
        path,
        200,
      ]);
    }
    expect(await host.findingsOf(request.id)).toEqual([]);
    const { items } = await host.entities({ limit: 10 });
    expect(items.map(({ entity }) => entity.kind)).toEqual([
      'API',
      'Component',
    ]);
    expect((await host.driftOf(request)).word).toBe('in_sync');
    expect(at.current.delivery.deployments).toEqual([
      'running deploy',
      'success deploy',
    ]);
  }, 300_000);
});
