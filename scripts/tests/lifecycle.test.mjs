import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allGone, startFixture } from './helpers.mjs';

const unix = process.platform !== 'win32';

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  for (const flags of [[], ['--stubborn']]) {
    test(
      `${signal} leaves nothing running ${flags}`,
      { skip: !unix },
      async () => {
        const script = startFixture('family.mjs', ['script', ...flags]);
        const pids = (await script.lines(/^pid (\d+)/, 2)).map(Number);
        script.child.kill(signal);
        const { code } = await script.ended;
        assert.equal(code, exitCode);
        assert.ok(await allGone(pids), 'children are gone');
      },
    );
  }
}

test('a script that fails ends what it started', { skip: !unix }, async () => {
  const script = startFixture('family.mjs', ['script', '--fail']);
  const pids = (await script.lines(/^pid (\d+)/, 2)).map(Number);
  const { code, output } = await script.ended;
  assert.equal(code, 1);
  assert.match(output, /the work failed/);
  assert.ok(await allGone(pids), 'children are gone');
});

test(
  'nobody reading the output any more ends everything',
  { skip: !unix },
  async () => {
    const script = startFixture('family.mjs', ['script', '--talkative']);
    const pids = (await script.lines(/^pid (\d+)/, 2)).map(Number);
    script.child.stdout.destroy();
    const { code } = await script.ended;
    assert.equal(code, 141);
    assert.ok(await allGone(pids), 'children are gone');
  },
);

test(
  'a fault outside of the work ends everything',
  { skip: !unix },
  async () => {
    const script = startFixture('family.mjs', ['script', '--surprise']);
    const pids = (await script.lines(/^pid (\d+)/, 2)).map(Number);
    const { code, output } = await script.ended;
    assert.equal(code, 1);
    assert.match(output, /out of the blue/);
    assert.ok(await allGone(pids), 'children are gone');
  },
);
