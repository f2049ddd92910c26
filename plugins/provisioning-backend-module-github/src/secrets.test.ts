import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import { House } from './__testUtils__/house';
import { TOKEN } from './__testUtils__/standIn';
import { guardedFetch } from './api/guardedFetch';
import { GithubPlaces } from './githubPlaces';

const house = new House();
const { standIn } = house;
let address: string;
beforeAll(async () => {
  await house.start();
  address = house.parts.options.allowed[0].apiBaseUrl;
});
afterAll(() => standIn.stop());
beforeEach(() => house.reset());

const TYPES: EffectType[] = [
  'repo:ensure',
  'repo:protect',
  'ci:ensure',
  'repo:propose',
  'ci:remove',
  'repo:unprotect',
  'repo:release',
  'repo:archive',
  'repo:remove',
];

/** Everything that leaves the driver: results, looks, log lines, errors. */
async function everything(): Promise<string> {
  const seen: unknown[] = [];
  for (const type of TYPES) {
    seen.push(await house.make(type).catch(error => String(error.stack)));
    seen.push(await house.lookUp(type).catch(error => String(error.stack)));
  }
  return JSON.stringify([seen, house.lines, [...house.outputs.values()]]);
}

describe('a planted token', () => {
  it('is in nothing that is kept or shown while all is well', async () => {
    expect(await everything()).not.toContain(TOKEN);
    expect(standIn.state.repositories.size).toBe(1);
  });

  it.each([401, 403, 404, 409, 422, 500])(
    'is in no error, also where GitHub says it back with %s',
    async status => {
      standIn.wrong = () => ({
        status,
        body: {
          message: `Bearer ${TOKEN} is no good`,
          errors: [{ message: `x${TOKEN}y` }, TOKEN],
          documentation_url: 'https://docs.github.com/rest',
        },
      });
      const all = await everything();
      expect(all).not.toContain(TOKEN);
      expect(all).toMatch(/\[token\]|github\.gone/);
    },
  );

  it('is in no error of a connection that breaks', async () => {
    standIn.wrong = () => 'cut-before';
    expect(await everything()).not.toContain(TOKEN);
  });

  it('is in no log of the questions that pages ask', async () => {
    const logger = mockServices.logger.mock();
    const places = new GithubPlaces(house.parts, logger);
    standIn.wrong = () => ({ status: 403, body: { message: `no ${TOKEN}` } });
    const { request } = house;
    const fact = await places.observe({
      namespace: request.namespace,
      name: request.name,
      spec: request.spec,
      bundleDigest: request.bundleDigest,
    });
    expect(fact).toBe('taken');
    const told = [logger.debug, logger.info, logger.warn, logger.error].flatMap(
      each => each.mock.calls,
    );
    expect(JSON.stringify(told)).not.toContain(TOKEN);
  });

  it('goes nowhere but to the API, whatever an answer says', async () => {
    const calls = jest.fn();
    const elsewhere = createServer(calls).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/repos/acme/pay`;
    try {
      standIn.wrong = () => ({
        status: 301,
        body: { message: 'Moved', url },
        headers: { location: url },
      });
      expect(await house.make('repo:ensure')).toMatchObject({
        reason: { code: 'github.taken' },
      });
      const guarded = guardedFetch(address);
      await expect(guarded(url)).rejects.toThrow('Nothing is sent to');
      await expect(guarded(`${address}.example.com/`)).rejects.toThrow();
    } finally {
      elsewhere.close();
    }
    expect(calls).not.toHaveBeenCalled();
    expect(standIn.calls).toHaveLength(1);
  });

  it('is asked for where there is none', async () => {
    house.configure(address, {}, '');
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.anonymous' },
    });
    expect(standIn.calls).toEqual([]);
  });
});
