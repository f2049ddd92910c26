import { mockCredentials } from '@backstage/backend-test-utils';
import { fakeDojo } from './fakeDojo';

const call = { credentials: mockCredentials.user() };
const dojo = {
  asOf: '2026-03-01T00:00:00.000Z',
  curricula: [],
  next: null,
  keepsProgress: true,
};

it('answers what a test says', async () => {
  const service = fakeDojo({ getDojo: async () => dojo });
  expect(await service.dojo(call)).toEqual(dojo);
  await expect(service.module({ module: 'x' }, call)).rejects.toThrow(
    'getModule was not expected',
  );
});

it('stands in for a plugin that is not installed', async () => {
  expect(await fakeDojo().dojo(call)).toBeUndefined();
});
