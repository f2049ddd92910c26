import type { Pin } from '@fawkes/backstage-plugin-provisioning-node';
import { lintFolder } from './lintFolder';
import { templateFolders } from '../templateFolders';
import { lint, LINT_RULES } from './index';

const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: mine
spec:
  parameters:
    - properties:
        name: { type: string }
        owner: { type: string, 'ui:field': OwnerPicker }
      dependencies:
        name:
          oneOf:
            - properties:
                more: { type: string }
  steps:
    - id: fetch
      action: fetch:template
      input:
        url: ./skeleton
        copyWithoutTemplating: ['raw/**']
        values:
          name: \${{ parameters.name }}
          team: \${{ parameters.owner }}
          teamName: \${{ (parameters.owner | parseEntityRef).name }}
          more: \${{ parameters.more }}
`;
/** Reads everything that the step passes. */
const USES =
  '${{ values.name }} ${{ values.team }} ${{ values.teamName }} ${{ values.more }}\n';
const SHA = 'a'.repeat(40);
const DIGEST = `sha256:${'b'.repeat(64)}`;

interface Planted {
  template?: string;
  files?: Record<string, string>;
  pins?: Pin[];
  treeHash?: string;
  sealed?: { version: string; treeHash: string };
}

function told({ template = TEMPLATE, files = {}, ...rest }: Planted): string[] {
  return lint({
    files: new Map([
      ['template.yaml', template],
      ['skeleton/README.md', USES],
      ...Object.entries(files),
    ]),
    pins: [],
    ...rest,
  }).map(
    ({ path, line, severity, rule, subject }) =>
      `${path}:${line} ${severity} ${rule} ${subject}`,
  );
}

describe('lint', () => {
  it('finds nothing in a sound template', () => {
    expect(told({})).toEqual([]);
  });

  it.each<[string, Planted, string]>([
    [
      'a value in a file',
      { files: { 'skeleton/a': '\n${{ values.nope }}' } },
      'skeleton/a:2 error value-not-passed nope',
    ],
    [
      'a value in the name of a file',
      { files: { 'skeleton/${{ values.nope }}.ts': '' } },
      'skeleton/${{ values.nope }}.ts:1 error value-not-passed nope',
    ],
    [
      'a value in the name of a file that is only copied',
      { files: { 'skeleton/raw/${{ values.nope }}.ts': '' } },
      'skeleton/raw/${{ values.nope }}.ts:1 error value-not-passed nope',
    ],
    [
      'a parameter',
      { template: `${TEMPLATE}  output:\n    x: \${{ parameters.nmae }}\n` },
      'template.yaml:27 error parameter-undefined nmae',
    ],
    [
      'a step',
      {
        template: `${TEMPLATE}  output:\n    x: \${{ steps.push.output.y }}\n`,
      },
      'template.yaml:27 error step-undefined push',
    ],
    [
      'outputs for output',
      {
        template: `${TEMPLATE}  output:\n    x: \${{ steps.fetch.outputs.y }}\n`,
      },
      'template.yaml:27 error step-undefined steps.fetch.outputs.y',
    ],
    [
      'outputs for steps',
      { template: `${TEMPLATE}  output:\n    x: \${{ outputs.y }}\n` },
      'template.yaml:27 error step-undefined outputs.y',
    ],
    [
      'a skeleton that is not there',
      { template: TEMPLATE.replace('./skeleton', './skelton') },
      'template.yaml:16 error skeleton-missing skelton',
    ],
    [
      'a reference as a label, under another name',
      {
        files: {
          'skeleton/k.yaml':
            'metadata:\n  labels:\n    team: ${{ values.team }}\n  x: ${{ values.team }}\n',
        },
      },
      'skeleton/k.yaml:3 error label-unsafe-ref team',
    ],
    [
      'a reference in the name of an image',
      { files: { 'skeleton/k.yaml': 'image: x.io/${{ values.team }}/a@x\n' } },
      'skeleton/k.yaml:1 error image-unsafe-ref team',
    ],
    [
      'npm ci without a lock',
      { files: { 'skeleton/Dockerfile': `FROM a@${DIGEST}\nRUN npm ci\n` } },
      'skeleton/Dockerfile:2 error lockfile-missing package-lock.json',
    ],
    [
      'yarn without a lock',
      { files: { 'skeleton/ci.yml': 'run: yarn install --immutable\n' } },
      'skeleton/ci.yml:1 error lockfile-missing yarn.lock',
    ],
    [
      'pnpm without a lock',
      { files: { 'skeleton/ci.yml': 'run: pnpm i --frozen-lockfile\n' } },
      'skeleton/ci.yml:1 error lockfile-missing pnpm-lock.yaml',
    ],
    [
      'an expression of another tool',
      { files: { 'skeleton/ci.yml': 'a: 1\nb: ${{ github.sha }}\n' } },
      'skeleton/ci.yml:2 error foreign-expression github.sha',
    ],
    [
      'a broken expression in a file',
      { files: { 'skeleton/a': 'x\n${{ values.name' } },
      'skeleton/a:2 error expression-invalid skeleton/a',
    ],
    [
      'a broken expression in a step',
      { template: `${TEMPLATE}  output:\n    x: \${{ parameters.more }\n` },
      'template.yaml:27 error expression-invalid ${{ parameters.more }',
    ],
    [
      'a dead apiVersion',
      { template: TEMPLATE.replace('v1beta3', 'v1beta2') },
      'template.yaml:1 error template-version scaffolder.backstage.io/v1beta2',
    ],
    [
      'a template that cannot be read',
      { template: 'a: [' },
      'template.yaml:1 error template-version template.yaml',
    ],
    [
      'another content under the same version',
      {
        template: TEMPLATE.replace(
          'name: mine',
          'name: mine\n  annotations:\n    fawkes.dev/template-version: 1.0.0',
        ),
        treeHash: 'new',
        sealed: { version: '1.0.0', treeHash: 'old' },
      },
      'template.yaml:6 error template-sealed 1.0.0',
    ],
    [
      'a base image without a tag',
      { files: { 'skeleton/Dockerfile': 'FROM node\n' } },
      'skeleton/Dockerfile:1 error image-unpinned node',
    ],
    [
      'a base image of the day',
      {
        files: {
          'skeleton/Dockerfile':
            '\nFROM --platform=x a.io:5000/n:latest AS b\n',
        },
      },
      'skeleton/Dockerfile:2 error image-unpinned a.io:5000/n:latest',
    ],
    [
      'a base image by its tag',
      { files: { 'skeleton/Dockerfile': 'FROM node:24-slim\n' } },
      'skeleton/Dockerfile:1 warning image-unpinned node:24-slim',
    ],
    [
      'an image in a manifest',
      { files: { 'skeleton/k.yaml': 'x:\n  - image: "redis"\n' } },
      'skeleton/k.yaml:2 error image-unpinned redis',
    ],
    [
      'an action by its branch',
      { files: { 'skeleton/ci.yml': '- uses: a/b@main\n' } },
      'skeleton/ci.yml:1 error action-unpinned a/b@main',
    ],
    [
      'an action by its tag',
      { files: { 'skeleton/ci.yml': '- uses: a/b/c@v4 # x\n' } },
      'skeleton/ci.yml:1 warning action-unpinned a/b/c@v4',
    ],
    [
      'a reusable workflow by nothing',
      { files: { 'skeleton/ci.yml': 'uses: a/b/.github/workflows/x.yml\n' } },
      'skeleton/ci.yml:1 error action-unpinned a/b/.github/workflows/x.yml',
    ],
    [
      'a value that nobody reads',
      {
        files: { 'skeleton/README.md': USES.replace('${{ values.more }}', '') },
      },
      'template.yaml:16 warning value-unused more',
    ],
    [
      'a parameter that nobody reads',
      {
        template: TEMPLATE.replace(
          'name: { type',
          'idle: {}\n        name: { type',
        ),
      },
      'template.yaml:8 warning parameter-unused idle',
    ],
    [
      'a pin that nobody could resolve',
      {
        pins: [
          {
            name: 'lock',
            tag: '1',
            pin: 'unresolved',
            source: 'seen',
            checkedAt: '2026-11-30',
            template: 'mine',
          },
        ],
      },
      'pins.json:1 warning lock-unresolved lock',
    ],
  ])('finds %s', (_, planted, expected) => {
    expect(told(planted)).toEqual([expected]);
  });

  it.each<[string, Planted]>([
    [
      'a dead branch',
      { files: { 'skeleton/a': '{% if false %}${{ values.x }}{% endif %}' } },
    ],
    [
      'a truth test',
      {
        files: { 'skeleton/a': '{% if values.x %}${{ values.x }}{% endif %}' },
      },
    ],
    ['a comparison', { files: { 'skeleton/a': '${{ values.x == 1 }}' } }],
    ['a default', { files: { 'skeleton/a': '${{ values.x | default(1) }}' } }],
    [
      'a copied file',
      { files: { 'skeleton/raw/a': '${{ github.sha }} ${{ values.x }}' } },
    ],
    [
      'kept text',
      { files: { 'skeleton/a': '{% raw %}${{ github.sha }}{% endraw %}' } },
    ],
    [
      'a form in another file',
      {
        template: TEMPLATE.replace(
          '- properties:',
          '- $yaml: ./form.yaml\n    - properties:',
        )
          .replace('parameters.name }', 'parameters.other }')
          .replace('name: { type: string }', ''),
      },
    ],
    [
      'a remote skeleton',
      { template: TEMPLATE.replace('./skeleton', 'https://example.com/x') },
    ],
    [
      'a templated skeleton',
      { template: TEMPLATE.replace('./skeleton', './${{ parameters.name }}') },
    ],
    [
      'a step by its name in brackets',
      {
        template: `${TEMPLATE}  output:\n    x: \${{ steps['fetch'].output.y }}\n`,
      },
    ],
    [
      'each',
      { template: `${TEMPLATE}      each: []\n      x: \${{ each.value }}\n` },
    ],
    [
      'a reference taken apart',
      {
        files: {
          'skeleton/k.yaml':
            'labels:\n  t: ${{ values.teamName }}\n  u: ${{ (values.team | parseEntityRef).name }}\n',
        },
      },
    ],
    [
      'digests',
      {
        files: {
          'skeleton/Dockerfile': `FROM a:1@${DIGEST} AS b\nFROM b\nFROM scratch\n`,
          'skeleton/ci.yml': `uses: a/b@${SHA} # v4\n`,
        },
      },
    ],
    [
      'an action of the same commit',
      { files: { 'skeleton/ci.yml': 'uses: ./x\n' } },
    ],
    [
      'a lock that is there',
      {
        files: {
          'skeleton/ci.yml': 'run: npm ci\n',
          'skeleton/package-lock.json': '{}',
        },
      },
    ],
  ])('lets pass %s', (_, planted) => {
    expect(told(planted).filter(line => !line.includes('unused'))).toEqual([]);
  });

  it('has a reason for each rule, and no rule twice', () => {
    expect(new Set(LINT_RULES.map(({ name }) => name)).size).toBe(
      LINT_RULES.length,
    );
    for (const { reason } of LINT_RULES) expect(reason).not.toBe('');
  });

  it('finds nothing in our own templates', async () => {
    const folders = await templateFolders();
    expect(folders).not.toEqual([]);
    for (const folder of folders) expect(await lintFolder(folder)).toEqual([]);
  });
});
