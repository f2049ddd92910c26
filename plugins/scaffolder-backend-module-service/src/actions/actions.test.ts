import {
  startTestBackend,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  digestOfBundle,
  renderService,
} from '@fawkes/backstage-plugin-provisioning-node';
import { parse } from 'yaml';
import { scaffolderModuleService } from '../module';
import { parsed, serviceInputSchema, specOf } from '../serviceInput';
import { templateNamed } from '../templateFolders';
import { lintExamples, renderExamples } from './examples';

interface DryRun {
  output: Record<string, unknown>;
  directoryContents: { path: string; base64Content: string }[];
}

let backend: Awaited<ReturnType<typeof startTestBackend>>;
beforeAll(async () => {
  backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleService,
      catalogServiceMock.factory({ entities: [] }),
    ],
  });
});
afterAll(() => backend.stop());

async function dryRun(body: Record<string, unknown>) {
  const port = backend.server.port();
  return fetch(`http://127.0.0.1:${port}/api/scaffolder/v2/dry-run`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: mockCredentials.user.header(),
    },
    body: JSON.stringify({ values: {}, directoryContents: [], ...body }),
  });
}

async function read(answer: Response): Promise<DryRun> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text);
}

const template = (steps: unknown[], output: unknown) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'trial' },
  spec: { type: 'service', owner: 'guests', parameters: [], steps, output },
});

describe('service:render', () => {
  it.each(renderExamples)('$description', async ({ example }) => {
    const [step] = parse(example).steps;
    const { output, directoryContents } = await read(
      await dryRun({
        template: template([step], {
          digest: '${{ steps.it.output.bundleDigest }}',
          count: '${{ steps.it.output.fileCount }}',
        }),
      }),
    );
    const { targetPath = '', ...input } = step.input;
    const node = await templateNamed(input.template);
    const service = parsed(serviceInputSchema, input);
    const bundle = renderService(node, service, specOf(service, node));
    expect(output).toEqual({
      digest: digestOfBundle(bundle),
      count: bundle.size,
    });
    const prefix = targetPath === '' ? '' : `${targetPath}/`;
    expect(
      Object.fromEntries(
        directoryContents.map(({ path, base64Content }) => [
          path,
          base64Content,
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        [...bundle].map(([path, { bytes }]) => [
          `${prefix}${path}`,
          Buffer.from(bytes).toString('base64'),
        ]),
      ),
    );
  });

  it.each([
    [{ name: 'Orders' }, 'name: must be 3 to 40'],
    [{ name: 'test' }, 'name: '],
    [
      { template: 'nope' },
      'There is no template nope, only node-api, node-library, node-web, node-worker',
    ],
    [{ owner: 'user:default/mira' }, 'owner: must be a group'],
    [{ repositoryHost: 'github' }, 'repository.owner: '],
    [{ targetPath: '../out' }, 'outside'],
  ])('refuses %j', async (wrong, message) => {
    const answer = await dryRun({
      template: template(
        [
          {
            id: 'it',
            name: 'It',
            action: 'service:render',
            input: {
              template: 'node-api',
              name: 'orders',
              owner: 'payments',
              description: 'Takes orders',
              ...wrong,
            },
          },
        ],
        {},
      ),
    });
    expect(answer.ok).toBe(false);
    expect(await answer.text()).toContain(message);
  });
});

describe('template:lint', () => {
  const fetched = {
    id: 'fetched',
    name: 'Fetch',
    action: 'fetch:plain',
    input: { url: './', targetPath: 'fetched' },
  };
  const contents = (skeleton: string) =>
    Object.entries({
      'template.yaml': JSON.stringify(
        template(
          [
            {
              id: 'fetch',
              action: 'fetch:template',
              input: { url: './skeleton', values: { name: 'x' } },
            },
          ],
          {},
        ),
      ),
      'skeleton/a': skeleton,
    }).map(([path, text]) => ({
      path,
      base64Content: Buffer.from(text).toString('base64'),
    }));
  const output = { findings: '${{ steps.it.output.findings }}' };

  it.each(lintExamples)('$description', async ({ example }) => {
    const steps = [fetched, ...parse(example).steps];
    const sound = await read(
      await dryRun({
        template: template(steps, output),
        directoryContents: contents('${{ values.name }}'),
      }),
    );
    expect(sound.output).toEqual({ findings: [] });
  });

  it.each([
    [0, 'error', '1 error, first skeleton/a:2'],
    [1, 'findings', '"rule":"value-not-passed"'],
  ])('finds what is planted, example %i', async (index, key, message) => {
    const steps = [fetched, ...parse(lintExamples[index].example).steps];
    const faulty = await dryRun({
      template: template(steps, output),
      directoryContents: contents('${{ values.name }}\n${{ values.nope }}'),
    });
    const text = await faulty.text();
    expect(faulty.ok).toBe(key === 'findings');
    expect(text).toContain(message);
  });
});
