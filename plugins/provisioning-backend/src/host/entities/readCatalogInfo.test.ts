import { HOSTILE_SHAPES, outgrows } from '@internal/hostile-text';
import { readCatalogInfo, type Held } from './readCatalogInfo';

const held: Held = {
  requestId: 'r1',
  namespace: 'default',
  name: 'pay',
  owner: 'group:default/payments',
  practice: false,
};

const COMPONENT = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pay
  annotations:
    backstage.io/techdocs-ref: dir:.
    fawkes.dev/delivery-repository: portal.local/default/pay
spec: { type: service, lifecycle: experimental, owner: payments }
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

const files: Record<string, string> = { 'openapi.yaml': 'openapi: 3.1.0' };
const asked: string[] = [];

function read(text: string, change: Partial<Held> = {}) {
  asked.length = 0;
  return readCatalogInfo(text, { ...held, ...change }, async path => {
    asked.push(path);
    return path in files ? { text: files[path] } : 'absent';
  });
}

/** Kinds that get through, and codes of what does not. */
async function outcome(text: string, change: Partial<Held> = {}) {
  const { entities, findings } = await read(text, change);
  return [Object.keys(entities).sort(), findings.map(({ code }) => code)];
}

describe('what a pushed file may say', () => {
  it('is its own Component and API, with the text of a file of the same commit', async () => {
    const { entities, findings } = await read(`${COMPONENT}---${API}`);
    expect(findings).toEqual([]);
    expect(entities.Component).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'pay',
        namespace: 'default',
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'fawkes.dev/provisioning-request': 'r1',
        },
      },
    });
    expect(entities.API?.spec).toMatchObject({ definition: 'openapi: 3.1.0' });
  });

  it('is marked where it is for practice', async () => {
    const { entities } = await read(COMPONENT, { practice: true });
    expect(entities.Component?.metadata.annotations).toMatchObject({
      'fawkes.dev/provisioning-practice': 'true',
    });
  });

  it.each([
    ['its kind', 'kind: { toString: a, valueOf: b }\nmetadata: { name: pay }'],
    [
      'its name',
      'kind: Component\nmetadata: { name: { toString: a, valueOf: b } }',
    ],
    [
      'its owner',
      COMPONENT.replace(
        'owner: payments',
        'owner: { toString: a, valueOf: b }',
      ),
    ],
  ])('is told what is wrong where %s cannot be made text', async (_, text) => {
    const { entities, findings } = await read(text);
    expect(entities).toEqual({});
    expect(findings[0].text).toContain('{"toString":"a","valueOf":"b"}');
  });

  const component = (from: string, to: string) => COMPONENT.replace(from, to);

  it.each([
    [
      'a group',
      'kind: Group\nmetadata: { name: pay }\nspec: {}',
      'entity.kind',
    ],
    ['a user', 'kind: User\nmetadata: { name: root }\nspec: {}', 'entity.kind'],
    [
      'a location',
      'kind: Location\nmetadata: { name: pay }\nspec: { target: http://127.0.0.1 }',
      'entity.kind',
    ],
    ['a template', 'kind: Template\nmetadata: { name: pay }', 'entity.kind'],
    ['no entity', '[1, 2]', 'entity.no_entity'],
    ['another name', component('name: pay', 'name: billing'), 'entity.name'],
    [
      'another namespace',
      component('name: pay', 'name: pay\n  namespace: other'),
      'entity.name',
    ],
    [
      'another owner',
      component('owner: payments', 'owner: admins'),
      'entity.owner',
    ],
    [
      'a person as its owner',
      component('owner: payments', 'owner: user:default/payments'),
      'entity.owner',
    ],
    ['no owner', component(', owner: payments', ''), 'entity.owner'],
    ...[
      'backstage.io/managed-by-location',
      'backstage.io/managed-by-origin-location',
      'backstage.io/source-location',
      'backstage.io/techdocs-entity',
      'fawkes.dev/provisioning-request',
    ].map(
      name =>
        [
          `the annotation ${name}`,
          component('annotations:', `annotations:\n    ${name}: url:http://x`),
          'entity.annotation',
        ] as const,
    ),
    [
      'another repository, to count its deployments',
      component('portal.local/default/pay', 'portal.local/default/billing'),
      'entity.repository',
    ],
    ...[
      'url:http://127.0.0.1:7007/x',
      'dir:/etc',
      'dir:..',
      'dir:docs/../../x',
      'dir:',
    ].map(
      to =>
        [
          `documents at ${to}`,
          component('dir:.', JSON.stringify(to)),
          'entity.techdocs',
        ] as const,
    ),
    [
      'a placeholder',
      component('type: service', 'type: { $text: ./openapi.yaml }'),
      'entity.placeholder',
    ],
    [
      'a placeholder in a list',
      component(
        'type: service',
        'tags: [{ $json: http://127.0.0.1 }], type: service',
      ),
      'entity.placeholder',
    ],
    [
      'relations',
      `${COMPONENT}relations: [{ type: ownedBy, targetRef: group:default/a }]`,
      'entity.field',
    ],
    ['a uid', component('name: pay', 'name: pay\n  uid: x'), 'entity.field'],
    [
      'what the catalog would refuse',
      component('type: service, ', ''),
      'entity.invalid',
    ],
    ['no YAML', 'a: [', 'entity.unreadable'],
  ] as const)('is not %s', async (_, text, code) => {
    expect(await outcome(text)).toEqual([[], [code]]);
  });

  it.each([
    'http://127.0.0.1:7007/api/catalog',
    'https://example.com/openapi.yaml',
    'file:///etc/passwd',
    '/etc/passwd',
    '../other/openapi.yaml',
    'a/../../x',
    '\\\\server\\x',
  ])(
    'does not read %s into its API, and is not even asked for it',
    async to => {
      const text = API.replace('./openapi.yaml', to);
      expect(await outcome(text)).toEqual([[], ['entity.placeholder']]);
      expect(asked).toEqual([]);
    },
  );

  it('says of a file that is not there, or no file, that it cannot be read', async () => {
    const text = API.replace('openapi.yaml', 'none.yaml');
    const { findings } = await read(text);
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'entity.text',
        params: expect.objectContaining({ why: 'absent' }),
      }),
    ]);
  });

  it('lets the other document through when one is refused', async () => {
    const text = `${COMPONENT.replace('payments', 'admins')}---${API}`;
    expect(await outcome(text)).toEqual([['API'], ['entity.owner']]);
  });

  it('has each kind once', async () => {
    expect(await outcome(`${COMPONENT}---${COMPONENT}`)).toEqual([
      ['Component'],
      ['entity.twice'],
    ]);
  });

  it('has no more findings than somebody reads', async () => {
    const many = Array.from({ length: 500 }, () => 'kind: Group').join(
      '\n---\n',
    );
    const { findings } = await read(many);
    expect(findings.length).toBeLessThanOrEqual(50);
  });

  it('does not unfold what refers to itself again and again', async () => {
    const levels = 'abcdefgh'.split('');
    const bomb = levels.map((name, n) =>
      n === 0
        ? `a: &a [x,x,x,x,x,x,x,x,x]`
        : `${name}: &${name} [${Array(9)
            .fill(`*${levels[n - 1]}`)
            .join(',')}]`,
    );
    const text = `kind: Component\nmetadata: { name: pay }\nspec: {}\n${bomb.join(
      '\n',
    )}`;
    expect(await outcome(text)).toEqual([[], ['entity.unreadable']]);
  });
});

it('is read in time proportional to its length, wherever the text stands', async () => {
  const slow = HOSTILE_SHAPES.flatMap(
    shape =>
      outgrows(
        text => {
          void read(
            COMPONENT.replace('payments', JSON.stringify(text)).replace(
              'dir:.',
              JSON.stringify(`dir:${text}`),
            ),
          );
        },
        shape,
        8_192,
      ) ?? [],
  );
  expect(slow).toEqual([]);
});
