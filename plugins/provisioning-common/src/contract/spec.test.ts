import { leastCpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import { specOf } from './__testUtils__/specs';
import {
  groupRefSchema,
  namespaceSchema,
  requestIdSchema,
  serviceNameSchema,
  versionSchema,
} from './ids';
import { filePathSchema } from './plan';
import { serviceSpecSchema } from './spec';
import { planBodySchema, transferBodySchema } from './commands';

const accepts = (spec: unknown) => serviceSpecSchema.safeParse(spec).success;

describe('a spec', () => {
  it('is kept as it was sent: nothing filled in, nothing rewritten', () => {
    const sent = specOf({ owner: 'Payments', title: 'Cafe\u0301' });

    expect(serviceSpecSchema.parse(sent)).toEqual(sent);
  });

  it.each([
    ['a field nobody asked for', { nmae: 'shop' }],
    ['a field of the prototype', JSON.parse('{"__proto__": {"x": 1}}')],
    ['another schema', { schemaVersion: 2 }],
    ['an owner that is a person', { owner: 'user:default/mira' }],
    ['an owner that leads elsewhere', { owner: 'group:../payments' }],
    ['a system that is a component', { system: 'component:default/shop' }],
    ['no description', { description: '' }],
    ['a description of two lines', { description: 'one\ntwo' }],
    ['half a character', { description: '\ud83d' }],
    ['a NUL', { description: 'a\0b' }],
    ['text that turns around', { description: 'safe \u202e evil' }],
    ['a line separator', { description: 'one\u2028two' }],
    ['a byte order mark', { title: '\ufeffShop' }],
    ['space around', { title: ' Shop' }],
    ['too long a description', { description: 'x'.repeat(501) }],
    ['an unknown host', { repository: { host: 'gitea' } }],
    [
      'a local repository with a server',
      { repository: { host: 'local', server: 'x.y' } },
    ],
    [
      'a server with a path',
      {
        repository: {
          host: 'github',
          owner: 'acme',
          server: 'github.com/evil',
        },
      },
    ],
    [
      'a server with a user',
      {
        repository: { host: 'github', owner: 'acme', server: 'me@github.com' },
      },
    ],
    [
      'a server with a port',
      {
        repository: { host: 'github', owner: 'acme', server: 'github.com:22' },
      },
    ],
    [
      'an owner with a slash',
      { repository: { host: 'github', owner: 'acme/..' } },
    ],
    [
      'an owner with a dash at its end',
      { repository: { host: 'github', owner: 'acme-' } },
    ],
    [
      'a hash in capitals',
      {
        template: {
          name: 'node-api',
          version: '1.0.0',
          treeHash: 'A'.repeat(64),
        },
      },
    ],
    [
      'a template with a path',
      {
        template: { name: '../x', version: '1.0.0', treeHash: 'a'.repeat(64) },
      },
    ],
  ])('refuses %s', (_, other) => {
    expect(accepts({ ...specOf(), ...other })).toBe(false);
  });

  it.each([
    ['quotes and markup', `"it's" <b>${'`'}$(rm -rf ~)${'`'} {{ x }} # no: on`],
    ['other scripts', 'Zahlungen für Köln — 支払い 💳'],
    ['what YAML reads otherwise', 'on'],
    ['an octal number', '0755'],
  ])('takes %s as text', (_, description) => {
    expect(accepts(specOf({ description }))).toBe(true);
  });

  it('takes a repository on GitHub', () => {
    const repository = { host: 'github', owner: 'Acme-Inc' } as const;

    expect(accepts(specOf({ repository }))).toBe(true);
  });

  it('survives whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), anything => {
        expect(accepts(anything)).toBe(false);
      }),
    );
  });
});

describe('names', () => {
  it.each(['api', 'payments-api', 'a1b', `a${'b'.repeat(39)}`])(
    'takes %s',
    name => expect(serviceNameSchema.safeParse(name).success).toBe(true),
  );

  it.each([
    'ab',
    'on',
    'no',
    '0755',
    '1shop',
    'Shop',
    'shop-',
    '-shop',
    'sh_op',
    'sh op',
    'shop\n',
    'shop;ls',
    'shöp',
    '../shop',
    '~',
    'null\0',
    `a${'b'.repeat(40)}`,
    'shop.git',
    '"shop"',
    '$(shop)',
  ])('refuses %j', name => {
    expect(serviceNameSchema.safeParse(name).success).toBe(false);
  });

  it('are refused in linear time', () => {
    const long = `a${'-'.repeat(1_000_000)}`;
    const version = `1.0.0${'-a.'.repeat(300_000)}`;
    const refuse = () => {
      expect(serviceNameSchema.safeParse(long).success).toBe(false);
      expect(namespaceSchema.safeParse(long).success).toBe(false);
      expect(groupRefSchema.safeParse(long).success).toBe(false);
      expect(versionSchema.safeParse(version).success).toBe(false);
    };
    expect(leastCpuTimeOf(refuse, 2_000)).toBeLessThan(2_000);
  });

  it('of a group is completed', () => {
    expect(groupRefSchema.parse('Payments')).toBe('group:default/payments');
    expect(groupRefSchema.parse('Group:Shop/Payments')).toBe(
      'group:shop/payments',
    );
  });
});

describe('ids', () => {
  it.each([
    ['0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', true],
    ['0199A1B2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', false],
    ['0199a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b', false],
    ['0199a1b2c3d47e5f8a9b0c1d2e3f4a5b', false],
    ["' or 1=1 --", false],
  ])('%s: %s', (id, good) => {
    expect(requestIdSchema.safeParse(id).success).toBe(good);
  });
});

describe('paths of files', () => {
  it.each([
    'package.json',
    '.github/workflows/ci.yaml',
    'docs/über.md',
    '.gitignore',
    'a/.github',
  ])('takes %s', path =>
    expect(filePathSchema.safeParse(path).success).toBe(true),
  );

  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    'a/',
    './a',
    'a\\b',
    'C:x',
    '.git/hooks/post-checkout',
    'a/.GIT/config',
    '.git./config',
    '.git . /x',
    'git~1/x',
    'a\0',
    'a\nb',
  ])('refuses %j', path => {
    expect(filePathSchema.safeParse(path).success).toBe(false);
  });
});

describe('bodies', () => {
  it('have a namespace by default and refuse other fields', () => {
    const body = { kind: 'service', name: 'shop', spec: specOf() };

    expect(planBodySchema.parse(body).namespace).toBe('default');
    expect(planBodySchema.safeParse({ ...body, owner: 'x' }).success).toBe(
      false,
    );
  });

  it('of a transfer offer or answer, never both', () => {
    expect(transferBodySchema.parse({ to: 'shop' })).toEqual({
      to: 'group:default/shop',
    });
    expect(transferBodySchema.parse({ accept: true })).toEqual({
      accept: true,
    });
    expect(
      transferBodySchema.safeParse({ to: 'shop', accept: true }).success,
    ).toBe(false);
    expect(transferBodySchema.safeParse({}).success).toBe(false);
  });
});
