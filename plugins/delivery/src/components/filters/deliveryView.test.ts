import {
  changedIn,
  DEFAULT_VIEW,
  hasView,
  parseView,
  writeView,
  type DeliveryView,
} from './deliveryView';

const roundTrip = (view: DeliveryView) =>
  parseView(
    new URLSearchParams(writeView(new URLSearchParams(), view).toString()),
  );

describe('the view in the address', () => {
  it.each<[string, Partial<DeliveryView>]>([
    ['nothing chosen', {}],
    ['a scope of several', { scope: ['component:default/a', 'group:x/b'] }],
    ['30 days', { window: { days: 30 } }],
    ['own dates', { window: { from: '2026-01-01', to: '2026-02-01' } }],
    ['a zone', { tz: 'Asia/Kathmandu' }],
    ['table', { group: 'service', sort: 'leadTime' }],
    [
      'definitions',
      {
        unit: 'pull_request',
        start: 'merged',
        recoveryFrom: 'detected',
        bands: '2021',
        environment: 'prod-eu',
      },
    ],
    ['a benchmark', { edition: '2024', industry: 'energy' }],
    ['a size', { size: 'fewer_than_500' }],
  ])('survives the round trip: %s', (_, patch) => {
    const view = { ...DEFAULT_VIEW, ...patch };
    expect(roundTrip(view)).toEqual(view);
  });

  it('is not disturbed by what makes no sense', () => {
    expect(
      parseView(
        new URLSearchParams(
          'days=-1&from=2026-03-01&to=2026-02-01&tz=Mars/Base&group=person&scope=nonsense&unit=line',
        ),
      ),
    ).toEqual(DEFAULT_VIEW);
  });

  it('knows what was chosen, but for order and grouping', () => {
    expect(changedIn({ ...DEFAULT_VIEW, group: 'service' })).toEqual({});
    const chosen = { ...DEFAULT_VIEW, window: { days: 7 }, tz: 'UTC' };
    expect(changedIn(chosen)).toEqual({ window: { days: 90 }, tz: undefined });
    expect(changedIn({ ...chosen, ...changedIn(chosen) })).toEqual({});
  });

  it('leaves other parameters alone and knows its own', () => {
    const search = new URLSearchParams('other=1&days=30');
    const next = writeView(search, { ...DEFAULT_VIEW, group: 'service' });
    expect(next.get('other')).toBe('1');
    expect(next.get('days')).toBe('90');
    expect(next.get('group')).toBe('service');
    expect(hasView(next)).toBe(true);
    expect(hasView(new URLSearchParams('other=1'))).toBe(false);
  });
});
