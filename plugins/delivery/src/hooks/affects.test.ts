import { signalTag } from '@fawkes/kit-contract';
import { QueryClient } from '@fawkes/kit-ui/query';
import { affects } from './affects';
import { queryKey, type QueryKind } from './keys';

const news = new Set([signalTag('component:default/a')]);

function query(kind: QueryKind, question: unknown, data?: unknown) {
  const client = new QueryClient();
  const key = queryKey(kind, question);
  const built = client.getQueryCache().build(client, { queryKey: key });
  if (data !== undefined) client.setQueryData(key, data);
  return built;
}

describe('affects', () => {
  it.each<[QueryKind, unknown, boolean]>([
    ['metrics', { scope: ['component:default/a'] }, true],
    ['metrics', { scope: ['component:default/b'] }, false],
    ['metrics', { scope: ['system:default/s'] }, true],
    ['metrics', { scope: [] }, true],
    ['deployments', { scope: ['component:default/b'] }, false],
    ['metrics-by', {}, true],
    ['change', 'some-key', true],
    ['intake', null, true],
    ['quality', { scope: ['component:default/b'] }, true],
  ])('%s %j: %s', (kind, question, expected) => {
    expect(affects(query(kind, question), news)).toBe(expected);
  });

  it('knows the service of a deployment that is loaded', () => {
    const of = (service: string) => ({ deployment: { service } });
    const of1 = query('deployment', 'k', of('component:default/a'));
    const of2 = query('deployment', 'k', of('component:default/b'));
    expect(affects(of1, news)).toBe(true);
    expect(affects(of2, news)).toBe(false);
    expect(affects(query('deployment', 'k'), news)).toBe(true);
  });

  it('takes no list for everything, of this plugin only', () => {
    const own = query('metrics', { scope: ['component:default/b'] });
    expect(affects(own, null)).toBe(true);

    const client = new QueryClient();
    const other = client
      .getQueryCache()
      .build(client, { queryKey: ['catalog'] });
    expect(affects(other, null)).toBe(false);
  });
});
