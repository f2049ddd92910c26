import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  readTemplate,
  renderService,
} from '@fawkes/backstage-plugin-provisioning-node';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TEMPLATE } from '../__testUtils__/testBackend';
import type { Core } from '../core';
import { Templates } from '../templates/templates';
import { asksOf } from './asks';
import { HostHarness } from './__testUtils__/hostHarness';
import { specOf } from './__testUtils__/testCore';

const WORKFLOW = '.github/workflows/ci.yml';
const KEY = { namespace: 'default', name: 'pay' };

describe('a template that went on', () => {
  const at = HostHarness.each();
  const directory = createMockDirectory();

  /** The template of tests in a version of its own, whose workflow says so. */
  async function template(version: string) {
    const folder = directory.resolve(version);
    cpSync(TEMPLATE, folder, { recursive: true });
    const about = join(folder, 'template.yaml');
    const text = readFileSync(about, 'utf8');
    writeFileSync(about, text.replace('1.0.0', version));
    const workflow = join(folder, 'skeleton', WORKFLOW);
    mkdirSync(dirname(workflow), { recursive: true });
    writeFileSync(workflow, `on: push # ${version}\n`);
    return readTemplate(folder);
  }

  async function driftWith(...newest: Awaited<ReturnType<typeof template>>[]) {
    const written = await template('1.0.0');
    const spec = specOf({ template: written.ref });
    const files = Object.fromEntries(
      [...renderService(written, KEY, spec)].map(([path, { bytes }]) => [
        path,
        Buffer.from(bytes).toString('utf8'),
      ]),
    );
    const { core, host } = at.current;
    const request = core.add(files, { spec });
    await core.make('repo:ensure', request);
    const templates = Templates.of(newest);
    const { newest: asked } = asksOf(() => ({ templates } as Core));
    core.newest = asked! as typeof core.newest;
    return host.driftOf(request);
  }

  it('leaves a service behind, and says from where to where', async () => {
    expect(await driftWith(await template('1.1.0'))).toMatchObject({
      word: 'behind_template',
      behind: { from: '1.0.0', to: '1.1.0' },
      files: [{ path: WORKFLOW, word: 'behind_template' }],
    });
  });

  it('is not behind where it is the newest', async () => {
    expect(await driftWith(await template('1.0.0'))).toMatchObject({
      word: 'in_sync',
      behind: null,
    });
  });

  it('is not behind one that is gone', async () => {
    expect(await driftWith()).toMatchObject({ word: 'in_sync', behind: null });
  });
});
