import { signalTag } from '@fawkes/kit-contract';
import { affects } from './affects';
import { queryKey, type QueryKind } from './keys';

const news = new Set([signalTag('mine')]);

describe('affects', () => {
  it.each<[QueryKind, unknown, boolean]>([
    ['request', 'mine', true],
    ['request', 'other', false],
    ['log', 'mine', true],
    ['log', 'other', false],
    ['drift', 'other', false],
    ['requests', {}, true],
    ['operator', null, true],
    ['templates', null, false],
    ['name', 'mine', false],
  ])('%s of %j: %s', (kind, question, expected) => {
    const asked = { queryKey: queryKey(kind, question), state: {} };
    expect(affects(asked, news)).toBe(expected);
  });

  it('takes no list for everything, of this plugin only', () => {
    const of = (key: readonly unknown[]) => ({ queryKey: key, state: {} });
    expect(affects(of(queryKey('request', 'other')), null)).toBe(true);
    expect(affects(of(queryKey('templates')), null)).toBe(false);
    expect(affects(of(['delivery', 'request', 'mine']), news)).toBe(false);
  });
});
