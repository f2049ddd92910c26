import { rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { close, isPush, listen } from '../local/__testUtils__/between';
import { git, WorkingCopy } from '../local/__testUtils__/testRemote';
import { tipOf, type RemoteRepository } from '../local';
import { HostHarness } from './__testUtils__/hostHarness';
import { MIRA } from './__testUtils__/testCore';

const FILES = { 'README.md': '# pay\n', 'src/main.js': 'run();\n' };

describe('repo:ensure, against the real git http-backend', () => {
  let via: (remote: RemoteRepository) => RemoteRepository = remote => remote;
  const at = HostHarness.each('SQLITE_3', { via: remote => via(remote) });
  const servers: Server[] = [];
  afterEach(async () => {
    via = remote => remote;
    for (const server of servers.splice(0)) await close(server);
  });

  const directoryOf = (id: string) =>
    `${at.current.local}/repositories/${id}.git`;

  /** Cuts the push: its body before the end, or the answer to it. */
  async function cut(what: 'request' | 'answer') {
    let cloneUrl = 'http://127.0.0.1:1/';
    const server = createServer(socket => {
      const { port } = new URL(cloneUrl);
      const onward = connect(Number(port), '127.0.0.1');
      for (const end of [socket, onward]) end.on('error', () => {});
      socket.on('close', () => onward.destroy());
      onward.on('close', () => socket.destroy());
      let pushes = false;
      socket.on('data', chunk => {
        const head = chunk.toString('latin1');
        pushes = isPush(head) || (pushes && !/^(GET|POST) /.test(head));
        if (pushes && what === 'request') {
          onward.write(chunk.subarray(0, chunk.length - 20));
          socket.destroy();
        } else onward.write(chunk);
      });
      onward.on('data', chunk => {
        if (!pushes || what === 'request') socket.write(chunk);
      });
      // It arrived, and nobody hears of it.
      if (what === 'answer') at.current.core.onPushed = () => socket.destroy();
    });
    await listen(server);
    servers.push(server);
    via = remote => {
      cloneUrl = remote.url;
      const url = new URL(remote.url);
      url.port = String((server.address() as AddressInfo).port);
      return { ...remote, url: url.href };
    };
  }

  it('makes an empty repository hold the files, with trailers that tell whose they are', async () => {
    const { core } = at.current;
    const request = core.add(FILES);
    const run = core.run();
    const done = await core.make('repo:ensure', request, run);
    const commit = await tipOf(directoryOf(request.id));
    expect(done).toEqual({
      state: 'done',
      origin: 'created',
      links: [
        expect.objectContaining({
          kind: 'clone',
          target: expect.stringMatching(
            /^http:\/\/127\.0\.0\.1:\d+\/default\/pay\.git$/,
          ),
        }),
      ],
      output: {
        commit,
        tree: expect.any(String),
        repository: 'portal.local/default/pay',
      },
    });
    const said = await git(directoryOf(request.id), 'cat-file', '-p', commit!);
    expect(said).toContain('author mira <mira@portal.local>');
    expect(said.split('\n').slice(-4)).toEqual([
      `Fawkes-Request: ${request.id}`,
      'Fawkes-Template: node-api@1.0.0',
      `Fawkes-Bundle: ${request.bundleDigest}`,
      `Fawkes-Effect: ${run.id}/repo:ensure`,
    ]);
  });

  it('made twice, makes once: in the same run, and in a later one', async () => {
    const { core } = at.current;
    const request = core.add(FILES);
    const run = core.run();
    const first = await core.make('repo:ensure', request, run);
    const again = await core.make('repo:ensure', request, run, { attempt: 2 });
    const later = await core.make('repo:ensure', request, core.run());
    const { commit } = (first as any).output;
    for (const result of [again, later]) {
      expect(result).toMatchObject({
        state: 'done',
        output: { commit },
        note: { code: 'repo.unchanged' },
      });
    }
    expect(
      await git(directoryOf(request.id), 'rev-list', '--count', 'main'),
    ).toBe('1');
    expect(core.pushes).toHaveLength(1);
  });

  it('is done where people went on from its commit', async () => {
    const { core } = at.current;
    const request = core.add(FILES);
    const run = core.run();
    const first = await core.make('repo:ensure', request, run);
    const copy = await at.current.clone(request);
    await copy.commit('more', { 'src/main.js': 'more();\n' });
    await copy.git('push', '--quiet', 'origin', 'main');
    expect(await core.make('repo:ensure', request, run)).toMatchObject({
      state: 'done',
      output: { commit: (first as any).output.commit },
      note: { code: 'repo.continued' },
    });
  });

  it('proposes where main has other content, and waits for a person', async () => {
    const { core } = at.current;
    const request = core.add(FILES);
    // Made, and somebody pushed before anything of ours was there.
    const other = core.add({}, { ...request });
    await core.make('repo:ensure', other, core.run());
    const directory = directoryOf(request.id);
    await git(directory, 'update-ref', '-d', 'refs/heads/main');
    rmSync(`${directory}/logs`, { recursive: true });
    const copy = await WorkingCopy.init(`${at.current.directory.path}/people`);
    for (const n of [1, 2]) await copy.commit(`${n}`, { 'theirs.txt': `${n}` });
    const theirs = await copy.git('rev-parse', 'HEAD');
    await copy.git('push', '--quiet', await at.current.urlFor(request), 'main');
    const mine = core.add(FILES, request);
    expect(await core.make('repo:ensure', mine, core.run())).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'repo.proposed' },
      output: { branch: 'fawkes/update-1', base: theirs },
    });
    expect(await tipOf(directory)).toBe(theirs);
    expect(core.pushes.at(-1)).toEqual({
      requestId: request.id,
      commit: theirs,
      by: MIRA,
    });
  });

  it('needs a person where the repository is gone', async () => {
    const { core } = at.current;
    const request = core.add(FILES);
    const run = core.run();
    await core.make('repo:ensure', request, run);
    rmSync(directoryOf(request.id), { recursive: true });
    const gone = {
      state: 'failed',
      needsPerson: true,
      reason: expect.objectContaining({ code: 'repo.gone' }),
    };
    expect(await core.make('repo:ensure', request, run)).toEqual(gone);
    expect(await core.lookUp('repo:ensure', request, run)).toEqual(gone);
  });

  it('fails for good where it may not push', async () => {
    const { core } = at.current;
    const request = core.add(FILES);
    via = remote => ({
      ...remote,
      credentials: { user: 'portal', password: 'somebody-elses' },
    });
    expect(await core.make('repo:ensure', request)).toMatchObject({
      state: 'failed',
      permanent: true,
      reason: { code: 'repo.forbidden' },
    });
    expect(await tipOf(directoryOf(request.id))).toBeUndefined();
  });

  it('does not take a name that another request holds', async () => {
    const { core } = at.current;
    await core.make('repo:ensure', core.add(FILES));
    expect(await core.make('repo:ensure', core.add(FILES))).toMatchObject({
      state: 'failed',
      permanent: true,
      reason: { code: 'repo.taken' },
    });
  });

  it.each([
    ['request', { state: 'absent' }],
    ['answer', { state: 'done', origin: 'created' }],
  ] as const)(
    'does not know of a push whose %s was cut, and looks: %j',
    async (what, seen) => {
      const { core } = at.current;
      const request = core.add(FILES);
      const run = core.run();
      await cut(what);
      expect(await core.make('repo:ensure', request, run)).toMatchObject({
        state: 'unknown',
        reason: { code: 'repo.unknown' },
      });
      via = remote => remote;
      const sighting = await core.lookUp('repo:ensure', request, run);
      expect(sighting).toMatchObject(seen);
      const { commit } = { commit: undefined, ...(sighting as any).output };
      expect(await tipOf(directoryOf(request.id))).toBe(commit);
      expect(
        await core.make('repo:ensure', request, run, { attempt: 2 }),
      ).toMatchObject({ state: 'done' });
      expect(
        await git(directoryOf(request.id), 'rev-list', '--count', 'main'),
      ).toBe('1');
      // Told once, whatever became of the answer.
      expect(core.pushes).toHaveLength(1);
    },
  );

  it('asks for its lease right before it goes outside', async () => {
    const { core } = at.current;
    const request = core.add(FILES);
    const attempt = core.make('repo:ensure', request, core.run(), {
      beforeCall: () => {
        throw new Error('The lease may have run out');
      },
    });
    await expect(attempt).rejects.toThrow('The lease may have run out');
    expect(await tipOf(directoryOf(request.id))).toBeUndefined();
  });

  it('lets a repository go, and takes it over again with what people wrote', async () => {
    const { core, host } = at.current;
    const request = core.add(FILES);
    await core.make('repo:ensure', request);
    expect(await core.make('repo:release', request)).toEqual({ state: 'done' });
    expect(await core.make('repo:release', request)).toEqual({ state: 'done' });
    const { namespace, name, bundleDigest } = request;
    const key = { namespace, name, bundleDigest };
    expect(await host.observe(key)).toBe('same');
    expect(await host.observe({ ...key, bundleDigest: '0' })).toBe('diverged');
    expect(await host.observe({ ...key, name: 'none' })).toBe('absent');
    const next = core.add(FILES);
    expect(await core.make('repo:ensure', next)).toMatchObject({
      state: 'done',
      origin: 'adopted',
    });
    expect(await host.observe(key)).toBe('ours');
  });

  it('keeps all branches before it deletes, and deletes once', async () => {
    const { core, host, local, directory } = at.current;
    const request = core.add(FILES);
    const run = core.run();
    await core.make('repo:ensure', request, run);
    const copy = await at.current.clone(request);
    const topic = await copy.commit('topic', { 'topic.txt': '1' });
    await copy.git('push', '--quiet', 'origin', 'main:topic');
    expect(await host.othersCommits(request.id)).toEqual([
      { commit: topic, author: 'Mira', subject: 'topic' },
    ]);
    const destroy = core.run('destroy');
    expect(await core.lookUp('repo:remove', request, destroy)).toEqual({
      state: 'absent',
    });
    expect(await core.make('repo:remove', request, destroy)).toEqual({
      state: 'done',
    });
    expect(await core.make('repo:remove', request, destroy)).toEqual({
      state: 'done',
    });
    expect(await core.lookUp('repo:remove', request, destroy)).toEqual({
      state: 'done',
    });
    expect(await host.cloneUrlOf(request.id)).toBeNull();
    const kept = (await host.atticOf(request.id))!;
    expect(kept.size).toBe(Buffer.from(kept.bytes, 'base64').length);
    await git(
      directory.path,
      'clone',
      '--quiet',
      `${local}/attic/${request.id}.bundle`,
      'back',
    );
    expect(
      await git(`${directory.path}/back`, 'rev-parse', 'origin/topic'),
    ).toBe(topic);
    // A larger one would be a text longer than a process can hold.
    await at.current.db('local_attic').update({ size: 400_000_000 });
    await expect(host.atticOf(request.id)).rejects.toThrow(
      `The bundle has 400 MB, more than 100 MB that are handed out here: whoever runs the portal finds it as attic/${request.id}.bundle`,
    );
    await at.current.clock.pass(31 * 86_400_000);
    expect(await host.atticOf(request.id)).toBeUndefined();
  });
});
