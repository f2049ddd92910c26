import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  parseDeliveryEvent,
  type Claim,
} from '@fawkes/backstage-plugin-delivery-common';
import { writeFileSync } from 'node:fs';
import { GitServer } from './__testUtils__/gitServer';
import { TestRepository, type NewCommit } from './__testUtils__/repository';
import { createGitSource } from './gitSource';
import type { GitRepository } from './options';

const NAME = 'github.com/acme/pay';
const now = Date.parse('2026-06-01T00:00:00Z');

/** Stands for the backend: keeps claims and cursor, and can be told to fail. */
class Store {
  readonly batches: Claim[][] = [];
  cursor: unknown;
  failAfter = Infinity;
  onCommit: () => void = () => {};

  async commit(claims: Claim[], cursor: unknown) {
    if (this.batches.length >= this.failAfter) throw new Error('no database');
    this.batches.push(claims);
    this.cursor = JSON.parse(JSON.stringify(cursor));
    this.onCommit();
  }

  /** Everything told since the last time, by kind. */
  take() {
    const events = this.batches.splice(0).flatMap(claims =>
      claims.map(claim => {
        if (claim.claim !== 'whole') throw new Error('a part');
        return claim.event;
      }),
    );
    return {
      events,
      commits: events.flatMap(event =>
        event.type === 'change' && event.kind === 'commit' ? [event] : [],
      ),
      releases: events.flatMap(event =>
        event.type === 'deployment' ? [event] : [],
      ),
    };
  }
}

describe('createGitSource', () => {
  const directory = createMockDirectory();
  let origin: TestRepository;
  let store: Store;

  beforeEach(() => {
    directory.clear();
    origin = new TestRepository(directory.resolve('origin.git'));
    store = new Store();
  });

  afterEach(() => jest.restoreAllMocks());

  function load(
    edits: Partial<GitRepository> = {},
    signal: AbortSignal = new AbortController().signal,
  ) {
    const repository: GitRepository = {
      location: { path: origin.path },
      repository: NAME,
      tags: /^v\d/,
      environment: 'production',
      paths: false,
      ...edits,
    };
    const source = createGitSource({
      repositories: [repository],
      workingDirectory: directory.resolve('mirrors'),
      now: () => now,
    });
    return source.backfill!({
      cursor: store.cursor,
      logger: mockServices.logger.mock(),
      signal,
      commit: (claims, cursor) => store.commit(claims, cursor),
    });
  }

  const many = (count: number): NewCommit[] =>
    Array.from({ length: count }, (_, i) => ({ message: `commit ${i}` }));

  it('tells every commit whole, and again only what is new', async () => {
    const shas = origin.commit(...many(3));
    await load();
    const { commits, events } = store.take();
    expect(commits.map(({ sha }) => sha)).toEqual([...shas].reverse());
    expect(commits[0]).toMatchObject({
      repository: NAME,
      source: NAME,
      parents: [shas[1]],
      title: 'commit 2',
      committedAt: '2026-01-01T00:03:00.000Z',
      authoredAt: '2026-01-01T00:02:30.000Z',
    });
    expect(events.map(event => parseDeliveryEvent(event, now))).toEqual(
      events.map(event => ({ ok: true, event })),
    );

    await load();
    expect(store.batches).toEqual([]);

    const [next] = origin.commit({ message: 'next' });
    await load();
    expect(store.take().commits.map(({ sha }) => sha)).toEqual([next]);
  });

  it('has nothing to tell of an empty repository', async () => {
    await load();
    expect(store.batches).toEqual([]);
  });

  it('tells release tags as deployments, each once', async () => {
    const [first, second] = origin.commit(...many(2));
    origin.git('tag', 'v1', first);
    origin.git('tag', '-a', 'v2', '-m', 'x', second);
    origin.git('tag', 'nightly', second);
    await load({ environment: 'live' });
    expect(store.take().releases).toMatchObject([
      { id: 'v1', sha: first, finishedAt: '2026-01-01T00:01:00.000Z' },
      {
        id: 'v2',
        sha: second,
        environment: 'live',
        finishedAt: '2026-01-02T00:00:00.000Z',
      },
    ]);
    origin.git('tag', 'v3', second);
    await load();
    const { commits, releases } = store.take();
    expect(commits).toEqual([]);
    expect(releases.map(({ id }) => id)).toEqual(['v3']);
  });

  it('tells commits that only a release reaches', async () => {
    const [, side] = origin.commit(...many(2));
    origin.git('tag', 'v1', side);
    origin.git('update-ref', 'refs/heads/main', `${side}~1`);
    await load();
    expect(store.take().commits).toHaveLength(2);
  });

  it('goes on where it was when the database went away', async () => {
    const shas = origin.commit(...many(2_500));
    origin.git('tag', 'v1', shas[0]);
    store.failAfter = 1;
    await expect(load()).rejects.toThrow(
      `Git history could not be read of ${NAME}; see the log`,
    );
    expect(store.batches.map(batch => batch.length)).toEqual([1_000]);

    const [later] = origin.commit({ message: 'meanwhile' });
    store.failAfter = Infinity;
    await load();
    const { commits, releases } = store.take();
    expect(commits.map(({ sha }) => sha).sort()).toEqual(
      [...shas, later].sort(),
    );
    expect(releases).toHaveLength(1);
    await load();
    expect(store.batches).toEqual([]);
  });

  it('stops between batches when asked to, and goes on', async () => {
    const shas = origin.commit(...many(3_000));
    const controller = new AbortController();
    store.onCommit = () => controller.abort(new Error('shutting down'));
    await expect(load({}, controller.signal)).rejects.toThrow('shutting down');
    expect(store.batches).toHaveLength(1);
    store.onCommit = () => {};
    await load();
    const told = store.take().commits.map(({ sha }) => sha);
    expect(told).toHaveLength(3_000);
    expect(new Set(told)).toEqual(new Set(shas));
  });

  it('survives a branch that was rewritten and swept away', async () => {
    origin.commit({ message: 'root' });
    const [gone] = origin.commit({ message: 'gone' });
    await load();
    store.take();
    origin.git('update-ref', 'refs/heads/main', `${gone}~1`);
    const [kept] = origin.commit({ message: 'kept' });
    origin.git('-c', 'gc.reflogExpire=now', 'gc', '--quiet', '--prune=now');
    origin.git('prune', '--expire=now');
    expect(() => origin.git('cat-file', '-e', gone)).toThrow();
    await load();
    expect(store.take().commits.map(({ sha }) => sha)).toContain(kept);
  });

  it('starts a load over when where it was going is gone', async () => {
    origin.commit(...many(3));
    store.cursor = {
      repositories: {
        [NAME]: {
          heads: [],
          tags: {},
          pending: { heads: ['e'.repeat(40)], tags: {}, done: 2 },
        },
      },
    };
    await load();
    expect(store.take().commits).toHaveLength(3);
  });

  it('reads hostile titles and paths as they are', async () => {
    const titles = [
      '',
      '-n --output=/tmp/x',
      '%x00%H%n',
      '\u0001\u001b[31m red',
      '"quoted" $(whoami) `id`',
      'ünïcödé 😀',
      'x'.repeat(5_000),
    ];
    const paths = ['a b', '-rf', 'new\nline', '"q"', 'ü/😀.txt', 'back\\slash'];
    origin.commit(...titles.map(message => ({ message })), {
      message: 'files',
      files: Object.fromEntries(paths.map(path => [path, 'x'])),
    });
    await load({ paths: true });
    const commits = store.take().commits.reverse();
    expect(commits.slice(0, -1).map(({ title }) => title ?? '')).toEqual(
      titles.map(title => title.slice(0, 512)),
    );
    expect(commits.at(-1)?.paths?.sort()).toEqual(paths.sort());
  });

  it('lists the files a commit touched, of a merge those it brought', async () => {
    origin.commit(
      { message: 'root', files: { 'a/1': 'x', 'b/1': 'x' } },
      { message: 'side', files: { 'b/2': 'x' }, branch: 'side', parents: [1] },
      { message: 'main', files: { 'a/1': 'y' }, parents: [1] },
      { message: 'merge', files: { 'b/2': 'x' }, parents: [3, 2] },
      { message: 'empty' },
    );
    await load({ paths: true });
    expect(
      Object.fromEntries(
        store.take().commits.map(({ title, paths }) => [title, paths]),
      ),
    ).toEqual({
      root: ['a/1', 'b/1'],
      side: ['b/2'],
      main: ['a/1'],
      merge: ['b/2'],
      empty: [],
    });
  });

  it('does what the repository configures for nobody', async () => {
    origin.commit({ message: 'root', files: { 'a/1': 'x' } });
    for (const [key, value] of [
      ['log.showSignature', 'true'],
      ['color.ui', 'always'],
      ['format.pretty', 'oneline'],
      ['diff.noprefix', 'true'],
      ['core.fsmonitor', '/bin/false'],
      ['diff.external', '/bin/false'],
    ]) {
      origin.git('config', key, value);
    }
    await load({ paths: true });
    expect(store.take().commits).toMatchObject([
      { title: 'root', paths: ['a/1'] },
    ]);
  });

  it('tells of an address what it tells of a directory', async () => {
    const server = new GitServer(directory.path);
    await server.start();
    const url = server.url('origin.git');
    writeFileSync(directory.resolve('cert.pem'), server.certificate);
    jest.replaceProperty(process, 'env', {
      ...process.env,
      GIT_SSL_CAINFO: directory.resolve('cert.pem'),
    });
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const [first] = origin.commit({ message: 'first', files: { a: 'x' } });
    await load({ location: { url }, paths: true });
    expect(store.take().commits).toMatchObject([{ sha: first, paths: ['a'] }]);

    const [second] = origin.commit({ message: 'second', files: { b: 'x' } });
    origin.git('tag', 'v1', second);
    await load({ location: { url }, paths: true });
    const { commits, releases } = store.take();
    expect(commits).toMatchObject([{ sha: second, paths: ['b'] }]);
    expect(releases.map(({ id }) => id)).toEqual(['v1']);
    await server.stop();
  });

  it('loads the other repositories when one cannot be read', async () => {
    origin.commit({ message: 'root' });
    const logger = mockServices.logger.mock();
    const common = { tags: /^v/, environment: 'production', paths: false };
    const source = createGitSource({
      workingDirectory: directory.resolve('mirrors'),
      repositories: [
        {
          ...common,
          repository: 'github.com/acme/gone',
          location: { path: directory.resolve('gone.git') },
        },
        { ...common, repository: NAME, location: { path: origin.path } },
      ],
    });
    await expect(
      source.backfill!({
        cursor: undefined,
        logger,
        signal: new AbortController().signal,
        commit: (claims, cursor) => store.commit(claims, cursor),
      }),
    ).rejects.toThrow(
      'Git history could not be read of github.com/acme/gone; see the log',
    );
    expect(store.take().commits).toHaveLength(1);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });
});
