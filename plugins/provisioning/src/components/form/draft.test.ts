import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import { normaliseSpec } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { aTemplate } from '../../../dev/builders';
import { draftOf, EMPTY_DRAFT, specOf, type Draft } from './draft';

const filled = (other: Partial<Draft> = {}): Draft => ({
  ...EMPTY_DRAFT,
  template: 'node-api',
  name: 'shop',
  owner: 'group:default/payments',
  description: 'Takes orders',
  host: 'local',
  ...other,
});
const template = aTemplate();

describe('specOf', () => {
  it('makes the spec the backend takes', () => {
    expect(specOf(filled({ title: ' Shop ' }), template)).toEqual({
      faults: {},
      spec: expect.objectContaining({
        owner: 'group:default/payments',
        title: 'Shop',
        repository: { host: 'local' },
        template: {
          name: 'node-api',
          version: '1.0.0',
          treeHash: 'a'.repeat(64),
        },
      }),
    });
  });

  it('says which fields are empty', () => {
    expect(specOf(EMPTY_DRAFT, undefined).faults).toEqual({
      template: 'missing',
      name: 'missing',
      owner: 'missing',
      description: 'missing',
      host: 'missing',
    });
  });

  it.each<[Partial<Draft>, Draft[keyof Draft], keyof Draft, string]>([
    [{ name: 'Shop' }, '', 'name', 'wrong'],
    [{ name: 'default' }, '', 'name', 'wrong'],
    [{ name: 'test' }, '', 'name', 'wrong'],
    [{ description: 'two\nlines' }, '', 'description', 'wrong'],
    [{ description: 'x'.repeat(501) }, '', 'description', 'wrong'],
    [{ title: 'x'.repeat(81) }, '', 'title', 'wrong'],
    [{ system: 'group:default/a' }, '', 'system', 'wrong'],
    [{ owner: 'user:default/mira' }, '', 'owner', 'wrong'],
    [{ host: 'github' }, '', 'place', 'missing'],
    [{ host: 'github', place: 'github.com/-bad' }, '', 'place', 'wrong'],
  ])('finds what is wrong in %j', (other, _, field, fault) => {
    const { spec, faults } = specOf(filled(other), template);
    expect(spec).toBeUndefined();
    expect(faults).toEqual({ [field]: fault });
  });

  it('keeps quotes, umlauts and shell characters as they were typed', () => {
    const description = `„Müller" & $(rm -rf) 'on'`;
    expect(specOf(filled({ description }), template).spec?.description).toBe(
      description,
    );
  });
});

it.each<Partial<Draft>>([
  {},
  { title: 'Shop', system: 'system:default/retail' },
  { host: 'github', place: 'github.com/acme', visibility: 'internal' },
])('reads a spec back into the same form: %j', other => {
  const draft = filled(other);
  const { spec } = specOf(draft, template);
  const normal: NormalSpec = normaliseSpec(spec!);
  expect(draftOf('shop', normal)).toEqual(draft);
});
