import { namesEntity } from './names';

const CORE = {
  ref: 'group:default/payments-core',
  names: ['Payments Core', 'Team Payments'],
};

it.each([
  ['group:default/payments-core', true],
  ['Group:Default/Payments-Core', true],
  ['group:payments-core', true],
  ['default/payments-core', true],
  ['payments-core', true],
  ['  payments   core ', true],
  ['TEAM PAYMENTS', true],
  ['payments', false],
  ['user:default/payments-core', false],
  ['other/payments-core', false],
  ['', false],
  ['\u200b', false],
])('%p names the team: %p', (typed, named) => {
  expect(namesEntity(typed, CORE)).toBe(named);
});

it('asks for the namespace where it is not the default one', () => {
  const other = { ref: 'group:acme/core', names: [] };
  expect(namesEntity('core', other)).toBe(false);
  expect(namesEntity('acme/core', other)).toBe(true);
});
