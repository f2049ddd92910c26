import {
  ServiceFactoryTester,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  Readiness,
  readinessHealthFactory,
  readinessServiceRef,
} from './readiness';

describe('Readiness', () => {
  it('names what is away', async () => {
    const readiness = new Readiness();
    readiness.add('the database of a', async () => 1);
    readiness.add('the database of b', async () => {
      throw new Error('gone');
    });
    expect(await readiness.away()).toEqual(['the database of b']);
  });

  it('counts a check that never ends as failed', async () => {
    jest.useFakeTimers();
    try {
      const readiness = new Readiness();
      readiness.add('the silent one', () => new Promise(() => {}));
      const away = readiness.away();
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await away).toEqual(['the silent one']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('asks again after a second, not at every request', async () => {
    const check = jest.fn(async () => 1);
    const readiness = new Readiness();
    readiness.add('it', check);
    await readiness.away(0);
    await readiness.away(1_000);
    expect(check).toHaveBeenCalledTimes(1);
    await readiness.away(1_001);
    expect(check).toHaveBeenCalledTimes(2);
  });
});

it('decides what the health check of a portal says', async () => {
  const readiness = new Readiness();
  const hooks: Array<() => void> = [];
  const lifecycle = mockServices.rootLifecycle.mock({
    addStartupHook: hook => void hooks.push(hook as () => void),
  });
  const health = await ServiceFactoryTester.from(readinessHealthFactory, {
    dependencies: [
      lifecycle.factory,
      createServiceFactory({
        service: readinessServiceRef,
        deps: {},
        factory: () => readiness,
      }),
    ],
  }).getSubject();
  expect(coreServices.rootHealth.id).toBe(readinessHealthFactory.service.id);
  expect(await health.getReadiness()).toMatchObject({ status: 503 });
  hooks.forEach(hook => hook());
  expect(await health.getReadiness()).toMatchObject({ status: 200 });
  readiness.add('the database', async () => {
    throw new Error('gone');
  });
  expect(await health.getReadiness()).toEqual({
    status: 503,
    payload: { status: 'error', message: 'Away: the database' },
  });
  expect(await health.getLiveness()).toMatchObject({ status: 200 });
});

it('takes a check that fails before it begins for one that fails', async () => {
  const readiness = new Readiness();
  readiness.add('the database', () => {
    throw new Error('no database at all');
  });
  expect(await readiness.away()).toEqual(['the database']);
});
