import { saidError, sayFrom, wordsOf, wordsOfError } from './words';

const words = wordsOf({
  'shelf.full': 'The shelf {{name}} is full',
  'shelf.books_one': '{{count}} book on {{name}}',
  'shelf.books_other': '{{count}} books on {{name}}',
  'shelf.closed': 'It is closed',
});
const { say } = words;

describe('say', () => {
  it('fills its params in', () => {
    expect(say('shelf.full', { name: 'blue' })).toEqual({
      code: 'shelf.full',
      params: { name: 'blue' },
      text: 'The shelf blue is full',
    });
    expect(say('shelf.closed').text).toBe('It is closed');
  });

  it('follows the count', () => {
    expect(say('shelf.books', { count: 1, name: 'a' }).text).toBe(
      '1 book on a',
    );
    expect(say('shelf.books', { count: 0, name: 'a' }).text).toBe(
      '0 books on a',
    );
  });

  it('leaves what is written like a param in a value as it is', () => {
    expect(say('shelf.full', { name: '{{name}} $& $1' }).text).toBe(
      'The shelf {{name}} $& $1 is full',
    );
  });

  it('refuses to speak with a gap, or of nothing', () => {
    expect(() => sayFrom(words.texts, 'shelf.full')).toThrow("need 'name'");
    expect(() => sayFrom(words.texts, 'toString')).toThrow('no text toString');
  });
});

it('has each code once', () => {
  expect(words.codes).toEqual(['shelf.full', 'shelf.books', 'shelf.closed']);
});

it('knows words by their code and all their params', () => {
  expect(words.knows(say('shelf.full', { name: 'x' }))).toBe(true);
  expect(words.knows({ code: 'shelf.books', params: { count: 2 } })).toBe(
    false,
  );
  expect(words.knows({ code: 'shelf.full' })).toBe(false);
  expect(words.knows({ code: 'constructor' })).toBe(false);
  expect(words.knows({})).toBe(false);
});

describe('recognise', () => {
  const all = words.codes;

  it.each([
    say('shelf.full', { name: 'blue is full' }),
    say('shelf.books', { count: '3', name: 'a' }),
    say('shelf.closed'),
  ])('finds the words behind $text', said => {
    expect(words.recognise(said.text, all)).toEqual(said);
  });

  it.each([
    'The shelf  is full',
    'The shelf is full',
    'is full',
    'It is closed.',
    '',
    `The shelf ${'x'.repeat(2_000)} is full`,
  ])('finds none behind "%.40s"', text => {
    expect(words.recognise(text, all)).toBeUndefined();
  });
});

it('gives an error the code and the params of its words', () => {
  const error = saidError(RangeError, say('shelf.full', { name: 'blue' }));
  expect(error).toBeInstanceOf(RangeError);
  expect(error.message).toBe('The shelf blue is full');
  expect(wordsOfError(error)).toEqual({
    code: 'shelf.full',
    params: { name: 'blue' },
  });
  const other = Object.assign(new Error('x'), { code: 'E', params: {} });
  expect(wordsOfError(other)).toBeUndefined();
});
