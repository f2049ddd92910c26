import fc from 'fast-check';
import type { Answer } from '../../contract';
import type { Question } from '../content/schemas';
import { answerFault, gradeAll, gradeAnswer } from './grade';
import { fraction } from './marks';

const base = { id: 'q', stem: 's', points: '2', section: 'x' };
const options = ['a', 'b', 'c', 'd'].map(id => ({
  id,
  text: id,
  explanation: id,
}));
const single: Question = { ...base, type: 'single', options, key: 'b' };
const multi: Question = { ...base, type: 'multi', options, key: ['a', 'b'] };
const partial: Question = { ...multi, partial: 'true' };
const ordering: Question = {
  ...base,
  type: 'ordering',
  options,
  key: ['c', 'a', 'd', 'b'],
};
const matching: Question = {
  ...base,
  type: 'matching',
  pairs: [
    { left: 'L0', right: 'R0' },
    { left: 'L1', right: 'R1' },
    { left: 'L2', right: 'R2' },
  ],
  rights: ['none'],
  explanation: 'e',
};
const fill: Question = {
  ...base,
  type: 'fill',
  key: ['Straße', 'roll back'],
  pattern: 'rollback(s)?',
  explanation: 'e',
};
const numeric = (more: object): Question =>
  ({
    ...base,
    type: 'numeric',
    key: '8',
    explanation: 'e',
    ...more,
  } as Question);

const choices = (...ids: string[]): Answer => ({ type: 'multi', choices: ids });
const order = (...ids: string[]): Answer => ({ type: 'ordering', order: ids });
const pairs = (...ids: string[]): Answer => ({
  type: 'matching',
  pairs: ids.map(id => ({ left: id.split('-')[0], right: id.split('-')[1] })),
});
const text = (typed: string): Answer => ({ type: 'fill', text: typed });
const number = (typed: string): Answer => ({ type: 'numeric', text: typed });

describe('what an answer earns', () => {
  it.each<[string, Question, Answer | undefined, [number, number]]>([
    ['the key', single, { type: 'single', choice: 'b' }, [1, 1]],
    ['another option', single, { type: 'single', choice: 'a' }, [0, 1]],
    ['nothing', single, undefined, [0, 1]],
    ['exactly the keys', multi, choices('b', 'a'), [1, 1]],
    ['one of the keys', multi, choices('a'), [0, 1]],
    ['the keys and one more', multi, choices('a', 'b', 'c'), [0, 1]],
    ['one of two, in part', partial, choices('a'), [1, 2]],
    [
      'two of two and a wrong one, in part',
      partial,
      choices('a', 'b', 'c'),
      [1, 2],
    ],
    ['only wrong ones, in part', partial, choices('c', 'd'), [0, 1]],
    ['the whole order', ordering, order('c', 'a', 'd', 'b'), [1, 1]],
    ['all but two', ordering, order('c', 'a', 'b', 'd'), [0, 1]],
    ['part of the order', ordering, order('c', 'a'), [0, 1]],
    ['all pairs', matching, pairs('l0-r0', 'l1-r1', 'l2-r2'), [1, 1]],
    ['two of three pairs', matching, pairs('l0-r0', 'l1-r1', 'l2-r3'), [0, 1]],
    [
      'two of three pairs, in part',
      { ...matching, partial: 'true' } as Question,
      pairs('l0-r0', 'l1-r1'),
      [2, 3],
    ],
    ['an accepted answer, folded', fill, text(' STRASSE '), [1, 1]],
    ['one the pattern takes', fill, text('Rollbacks'), [1, 1]],
    ['more than the pattern takes', fill, text('my rollback'), [0, 1]],
    ['nothing but what is folded away', fill, text('\u200b '), [0, 1]],
    ['the edge', numeric({ tolerance: { abs: '0.5' } }), number('8,5'), [1, 1]],
    [
      'beyond the edge',
      numeric({ tolerance: { abs: '0.5' } }),
      number('8.50000000000000001'),
      [0, 1],
    ],
    [
      'within a share',
      numeric({ tolerance: { rel: '0.1' } }),
      number('7.2'),
      [1, 1],
    ],
    [
      'outside of a share',
      numeric({ tolerance: { rel: '0.1' } }),
      number('7.19'),
      [0, 1],
    ],
    [
      'in a range',
      numeric({ tolerance: { range: ['7', '9'] } }),
      number('9'),
      [1, 1],
    ],
    [
      'in another unit',
      numeric({ tolerance: { abs: '0' }, units: { GB: '1', MB: '0.001' } }),
      number('8000 MB'),
      [1, 1],
    ],
    [
      'with the only unit left out',
      numeric({ tolerance: { abs: '0' }, units: { '%': '1' } }),
      number('8'),
      [1, 1],
    ],
  ])('%s', (_, question, answer, [n, d]) => {
    expect(gradeAnswer(question, answer)).toEqual(fraction(n, d));
  });

  it('is between nothing and all, whatever is chosen', () => {
    fc.assert(
      fc.property(fc.subarray(['a', 'b', 'c', 'd']), chosen => {
        const { numerator, denominator } = gradeAnswer(
          partial,
          choices(...chosen),
        );
        expect(numerator >= 0n && numerator <= denominator).toBe(true);
      }),
    );
  });

  it('does not depend on the order in which things are chosen', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd']), chosen => {
        expect(gradeAnswer(partial, choices(...chosen))).toEqual(
          gradeAnswer(partial, choices(...[...chosen].sort())),
        );
      }),
    );
  });

  it('is added up in points, without open questions', () => {
    const open: Question = { ...base, id: 'o', type: 'open', explanation: 'e' };
    const { earned, shares } = gradeAll(
      [single, { ...partial, id: 'p' }, open],
      new Map<string, Answer>([
        ['q', { type: 'single', choice: 'b' }],
        ['p', choices('a')],
        ['o', { type: 'open', text: 'x' }],
      ]),
    );
    expect(earned).toEqual(fraction(3));
    expect([...shares.keys()]).toEqual(['q', 'p']);
  });
});

describe('an answer that is none', () => {
  it.each<[string, Question, Answer, string]>([
    ['of another kind', single, choices('a'), 'answer.kind'],
    [
      'an option there is not',
      single,
      { type: 'single', choice: 'x' },
      'answer.unknown_option',
    ],
    ['an option twice', multi, choices('a', 'a'), 'answer.twice'],
    ['a right side twice', matching, pairs('l0-r0', 'l1-r0'), 'answer.twice'],
    [
      'a right side there is not',
      matching,
      pairs('l0-r9'),
      'answer.unknown_option',
    ],
    ['no number', numeric({}), number('eight'), 'answer.number'],
    ['a unit nobody asked for', numeric({}), number('8 MB'), 'answer.number'],
    [
      'a unit that is missing',
      numeric({ units: { MB: '1', GB: '1000' } }),
      number('8'),
      'answer.unit',
    ],
    [
      'a unit in another case',
      numeric({ units: { MB: '1' } }),
      number('8 Mb'),
      'answer.unit',
    ],
    ['too long', fill, text('x'.repeat(501)), 'answer.long'],
  ])('%s', (_, question, answer, code) => {
    expect(answerFault(question, answer)).toMatchObject({ code });
    expect(gradeAnswer(question, answer)).toEqual(fraction(0));
  });
});
