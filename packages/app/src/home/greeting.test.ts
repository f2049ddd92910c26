import { dayPart, firstName } from './greeting';

describe('dayPart', () => {
  it.each([
    ['03:59', 'evening'],
    ['04:00', 'morning'],
    ['11:59', 'morning'],
    ['12:00', 'afternoon'],
    ['17:59', 'afternoon'],
    ['18:00', 'evening'],
    ['23:30', 'evening'],
  ])('%s is %s', (time, part) => {
    expect(dayPart(new Date(`2026-11-21T${time}:00`))).toBe(part);
  });
});

describe('firstName', () => {
  it.each([
    ['Mira Okafor', 'Mira'],
    ['  Tomáš Novák', 'Tomáš'],
    ['Cher', 'Cher'],
    ['', undefined],
    [undefined, undefined],
  ])('of "%s" is %s', (displayName, name) => {
    expect(firstName(displayName)).toBe(name);
  });
});
