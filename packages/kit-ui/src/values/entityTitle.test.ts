import { entityTitle, titleOfRef } from './entityTitle';

const entity = (metadata: object, profile?: object) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'payments-core', ...metadata },
  spec: { profile } as {},
});

describe('entityTitle', () => {
  it.each([
    [entity({ title: 'Payments' }, { displayName: 'Pay' }), 'Payments'],
    [entity({}, { displayName: 'Payments team' }), 'Payments team'],
    [entity({ title: '' }, { displayName: 7 }), 'payments-core'],
    [entity({}), 'payments-core'],
  ])('of %j is %s', (given, title) => {
    expect(entityTitle(given)).toBe(title);
  });
});

describe('titleOfRef', () => {
  it.each([
    ['component:default/checkout', 'checkout'],
    ['component:payments/checkout', 'payments/checkout'],
    ['plugin:scaffolder', 'scaffolder'],
    ['external:ci', 'ci'],
    ['nobody', 'nobody'],
    ['a b', 'a b'],
  ])('of %s is %s', (ref, title) => {
    expect(titleOfRef(ref)).toBe(title);
  });
});
