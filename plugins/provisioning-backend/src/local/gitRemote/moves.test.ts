import { mark, parseReflog, settled } from './moves';

const [A, B, C] = ['a', 'b', 'c'].map(letter => letter.repeat(40));
const NONE = '0'.repeat(40);

function line(before: string, after: string, email: string) {
  return `${before} ${after} portal <${email}> 1767225600 +0000\tpush`;
}

describe('the reflog as a record of who moved what', () => {
  it.each([
    'user:default/mira',
    'user:default/Ünïcode <x>\n0000',
    '',
    'a'.repeat(191),
  ])('gives %j back as it was put in', user => {
    const text = line(NONE, A, mark('1f', user));
    expect(parseReflog('refs/heads/main', `${text}\n`)).toEqual([
      {
        ref: 'refs/heads/main',
        before: null,
        after: A,
        user,
        at: 1767225600,
        id: '1f',
      },
    ]);
  });

  it.each([
    ['a line of somebody else', line(NONE, A, 'mira@example.com')],
    ['a deletion', line(A, NONE, mark('1', 'u'))],
    ['half a line', line(NONE, A, mark('1', 'u')).slice(0, 90)],
    ['nothing', ''],
  ])('leaves out %s', (_, text) => {
    expect(parseReflog('refs/heads/main', text)).toEqual([]);
  });

  it('leaves out a move that was written down and never made', () => {
    const moves = parseReflog(
      'refs/heads/main',
      [
        line(NONE, A, mark('1', 'u')),
        line(A, B, mark('2', 'u')),
        line(A, C, mark('3', 'u')),
        line(C, B, mark('4', 'u')),
      ].join('\n'),
    );
    const ids = (tip: string) => settled(moves, tip).map(({ id }) => id);
    expect(ids(B)).toEqual(['1', '3', '4']);
    // The last one was killed just before it moved the name.
    expect(ids(C)).toEqual(['1', '3']);
  });
});
