import fc from 'fast-check';
import {
  faultOfCountRule,
  MAX_COUNT_RULE,
  readCountRules,
  type CountSubject,
} from './countRules';
import { serviceRules, verdictOf } from './serviceRules';

const verdict = (rules: string[], facts: Record<string, string[]>) =>
  readCountRules(rules, 'bots').verdict(facts);

describe('rules of what counts', () => {
  it.each<[string[], Record<string, string[]>, boolean | undefined]>([
    [[], { name: ['renovate[bot]'] }, undefined],
    [['name=renovate[bot]'], { name: ['Renovate[bot]'] }, true],
    [['!name=renovate*'], { name: ['renovate[bot]'] }, false],
    [['!name=renovate*'], { name: ['dependabot[bot]'] }, undefined],
    // What nobody told fits nothing.
    [['!name=*'], {}, undefined],
    [['none', 'name=renovate*'], { name: ['renovate[bot]'] }, true],
    [['name=renovate*', 'none'], { name: ['dependabot[bot]'] }, false],
    [['all', 'none'], {}, false],
    [['ALL'], {}, true],
    // What does not count is stronger, wherever it stands.
    [
      ['!label=security', 'name=*'],
      { name: ['a'], label: ['x', 'security'] },
      false,
    ],
    [
      ['name=*', '!label=security'],
      { name: ['a'], label: ['x', 'security'] },
      false,
    ],
    // Whoever says nothing that can be read says nothing.
    [['name', 'colour=red', 'name='], { name: ['a'] }, undefined],
    [['! Name = a b '], { name: ['a b'] }, false],
    [['title=a=b'], { title: ['a=b'] }, true],
    [['constructor=*'], {}, undefined],
  ])('%j of %j: %s', (rules, facts, expected) => {
    expect(verdict(rules, facts)).toBe(expected);
  });

  it('go by the strongest list that says anything', () => {
    const lists = [
      readCountRules(['severity=sev3'], 'incidents'),
      readCountRules(['!severity=sev*'], 'incidents'),
    ];
    expect(verdictOf(lists, { severity: ['sev3'] })).toBe(true);
    expect(verdictOf(lists, { severity: ['sev2'] })).toBe(false);
    expect(verdictOf(lists, { severity: ['low'] })).toBeUndefined();
  });

  it('leave to the switch what they say nothing about', () => {
    const { countsBot } = serviceRules({
      globs: [],
      countMerges: true,
      countBots: false,
      bots: [readCountRules(['label=security'], 'bots')],
    });
    const change = { botName: 'renovate[bot]', title: null };
    expect(countsBot({ ...change, labels: ['security'] })).toBe(true);
    expect(countsBot({ ...change, labels: [] })).toBe(false);
  });

  it.each<[string, CountSubject, string]>([
    ['severity=low', 'bots', 'count_rule.form'],
    ['label=low', 'incidents', 'count_rule.form'],
    ['=low', 'incidents', 'count_rule.form'],
    ['!none', 'incidents', 'count_rule.form'],
    [`title=${'x'.repeat(MAX_COUNT_RULE)}`, 'bots', 'count_rule.long'],
  ])('refuse %j of %s', (text, subject, code) => {
    expect(faultOfCountRule(text, subject)).toMatchObject({
      reason: { code },
      advice: { code: `${code}.advice` },
    });
  });

  it('fit as the same pattern does as a regular expression', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'B', '*', '(', '.'), { maxLength: 8 })
      .map(letters => letters.join(''));
    fc.assert(
      fc.property(text, text, (pattern, told) => {
        fc.pre(pattern !== '');
        const shape = pattern.replace(/[.()]/g, '\\$&').replaceAll('*', '[^]*');
        expect(verdict([`title=${pattern}`], { title: [told] })).toBe(
          new RegExp(`^${shape}$`, 'i').test(told) || undefined,
        );
      }),
    );
  });
});
