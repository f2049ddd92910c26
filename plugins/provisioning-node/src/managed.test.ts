import { driftWord } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { managedThings } from './managed';

const PINNED = `node:24@sha256:${'a'.repeat(64)}`;
const component = (annotations: Record<string, unknown>) =>
  JSON.stringify({ kind: 'Component', metadata: { annotations } });

const WRITTEN = {
  '.github/workflows/ci.yml': 'on: push\n',
  Dockerfile: `FROM ${PINNED} AS build\nFROM ${PINNED}\nCOPY --from=build / /\n`,
  'catalog-info.yaml': component({
    'fawkes.dev/template': 'node-api',
    'github.com/project-slug': 'acme/pay',
  }),
  'package.json': '{}',
  'src/main.ts': 'ours();\n',
};

type Files = Record<string, string>;
const treeOf = (files: Files) =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      new TextEncoder().encode(text),
    ]),
  );

/** What is told where people, and the template, made this of it. */
function told(theirs: Files, newest: Files = WRITTEN) {
  const managed = managedThings({
    written: treeOf(WRITTEN),
    wanted: treeOf(newest),
    found: treeOf(theirs),
  });
  const versions = { from: '1.0.0', to: '1.0.0' };
  const { word, files } = driftWord({ reachable: true, managed, versions });
  return [word, ...files.map(({ path, reason }) => `${path} ${reason.code}`)];
}

const without = (path: keyof typeof WRITTEN): Files => {
  const { [path]: _, ...rest } = WRITTEN;
  return rest;
};

it('leaves to people what is theirs', () => {
  expect(
    told({
      ...WRITTEN,
      'src/main.ts': 'theirs();\n',
      'package.json': '{"a":1}',
      Dockerfile: `${WRITTEN.Dockerfile}RUN make\n`,
      'catalog-info.yaml': component({
        'fawkes.dev/template': 'node-api',
        'github.com/project-slug': 'acme/pay',
        'pagerduty.com/service-id': 'P1',
      }),
      'compose.yaml': 'FROM x\n',
    }),
  ).toEqual(['in_sync']);
});

it('notices another image, and one without a digest', () => {
  const Dockerfile = WRITTEN.Dockerfile.replace(PINNED, 'node:24');
  expect(told({ ...WRITTEN, Dockerfile })).toEqual([
    'changed_by_people',
    'Dockerfile#FROM drift.base_unpinned',
  ]);
});

it('notices that the pin of the template went on', () => {
  const Dockerfile = WRITTEN.Dockerfile.replaceAll(
    'a'.repeat(64),
    'b'.repeat(64),
  );
  expect(told(WRITTEN, { ...WRITTEN, Dockerfile })).toEqual([
    'behind_template',
    'Dockerfile#FROM drift.base_behind',
  ]);
});

it.each([
  ['without an image', { ...WRITTEN, Dockerfile: 'RUN make\n' }],
  ['that is gone', without('Dockerfile')],
])('is broken by a Dockerfile %s', (_, theirs) => {
  expect(told(theirs)).toEqual(['broken', 'Dockerfile#FROM drift.broken']);
});

it('notices annotations that were changed or taken out, whoever they are for', () => {
  expect(
    told({
      ...WRITTEN,
      'catalog-info.yaml': component({ 'github.com/project-slug': 'acme/x' }),
    }),
  ).toEqual([
    'changed_by_people',
    'catalog-info.yaml#fawkes.dev/template drift.annotation_gone',
    'catalog-info.yaml#github.com/project-slug drift.annotation_changed',
  ]);
});

it.each([
  '{',
  'a: &a [*a, *a]',
  'kind: Component\nmetadata: 7\n',
  '- 1\n---\n',
])('reads %j as a file without annotations', text => {
  expect(told({ ...WRITTEN, 'catalog-info.yaml': text })[0]).toBe(
    'changed_by_people',
  );
});
