import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describeSandbox } from '../local/__testUtils__/sandboxes';
import { testService } from '../local/__testUtils__/testService';
import { until } from '../local/__testUtils__/until';
import { HostHarness } from './__testUtils__/hostHarness';

// The steps of "Undo by hand" in docs/provisioning/operator.md, in a shell.
describeSandbox('what an operator undoes by hand', () => {
  const at = HostHarness.each();

  const sh = (command: string, id: string) =>
    execFileSync('sh', ['-c', command], {
      cwd: at.current.local,
      env: { PATH: process.env.PATH, ID: id },
      encoding: 'utf8',
    }).trim();

  it('is found where the page says, and counts as done when the request is destroyed', async () => {
    const { core, host, db } = at.current;
    const request = core.add(testService({ greeting: 'one' }));
    const { id } = request;
    await core.make('repo:ensure', request);
    await core.make('service:build', request);
    const deployed = await core.make('service:deploy', request);
    if (deployed.state !== 'done') throw new Error(deployed.state);
    const address = String(deployed.output?.address);
    expect((await fetch(address)).status).toBe(200);

    expect(
      sh(
        'git -C "repositories/$ID.git" log --format="%(trailers:key=Fawkes-Request,valueonly)" main',
        id,
      ),
    ).toBe(id);
    sh('kill -KILL $(pgrep -f "[s]ervices/releases/$ID")', id);
    await until(async () => (await host.serviceOf(id)).state !== 'healthy');
    // The portal holds the port, and says that nothing runs there.
    const sorry = await fetch(address);
    expect([sorry.status, await sorry.text()]).toEqual([
      503,
      expect.stringMatching(/^The service does not run\. /),
    ]);
    sh(
      'rm -r "services/releases/$ID" "services/logs/$ID" && rm -rf "checkouts/$ID"',
      id,
    );
    sh('rm -r "repositories/$ID.git"', id);

    const destroy = core.run('destroy');
    for (const type of [
      'service:remove',
      'local:tidy',
      'catalog:entity:remove',
      'repo:remove',
    ] as const) {
      expect([type, await core.make(type, request, destroy)]).toEqual([
        type,
        { state: 'done' },
      ]);
    }
    await expect(fetch(address)).rejects.toThrow();
    for (const table of [
      'local_repositories',
      'local_services',
      'local_children',
      'local_builds',
      'local_releases',
    ]) {
      expect([table, await db(table).select()]).toEqual([table, []]);
    }
    expect(sh('find . -name "*$ID*"', id)).toBe('');
    // What was removed by hand is in no attic.
    expect(existsSync(`${at.current.local}/attic/${id}.bundle`)).toBe(false);
  });
});
