// npm test: every unit and integration test, on SQLite and on PostgreSQL 18.
//   npm test                                the whole suite
//   npm test -- plugins/delivery-common     a part of it; all arguments are jest's
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCounts, countJest, countTap, verdict } from './lib/counts.mjs';
import { main, undoAtExit } from './lib/lifecycle.mjs';
import { fromRoot, root } from './lib/paths.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { prepare } from './lib/prepare.mjs';
import { run } from './lib/processes.mjs';
import { formatSeconds, progress, say } from './lib/say.mjs';

async function testFilesIn(folder) {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter(name => name.endsWith('.test.mjs'))
    .map(name => join(folder, name));
}

async function testScripts(tools, reportDir) {
  const folders = ['scripts', 'examples'].map(name => fromRoot(name));
  const files = (await Promise.all(folders.map(testFilesIn))).flat();
  const report = join(reportDir, 'scripts.tap');
  say('Testing the scripts and the sample organisation');
  await run(
    tools.node,
    [
      '--test',
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${report}`,
      ...files,
    ],
    { cwd: root, env: tools.env },
  );
  return countTap(await readFile(report, 'utf8').catch(() => ''));
}

async function testPackages(tools, reportDir, args) {
  const bar = progress('Starting PostgreSQL 18');
  const postgres = await startPostgres();
  bar.done('PostgreSQL 18 is running');

  const report = join(reportDir, 'jest.json');
  const workers = Math.max(2, Math.floor(availableParallelism() / 2));
  const choosesWorkers = args.some(a =>
    /^(-w|-i|--maxWorkers|--runInBand)/.test(a),
  );
  const begun = performance.now();
  say('Testing the packages');
  const { code } = await run(
    tools.node,
    [
      fromRoot('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'repo',
      'test',
      '--watchAll=false',
      '--ci',
      `--config=${fromRoot('scripts', 'jest', 'config.cjs')}`,
      // A worker that is begun anew loads everything anew.
      '--workerIdleMemoryLimit=2G',
      ...(choosesWorkers ? [] : [`--maxWorkers=${workers}`]),
      '--json',
      `--outputFile=${report}`,
      ...args,
    ],
    {
      cwd: root,
      env: {
        ...tools.env,
        BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
          postgres.connectionString,
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      },
    },
  );
  await postgres.stop();
  say(
    `Tested the packages (${formatSeconds((performance.now() - begun) / 1e3)})`,
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1 };
  const counts = countJest(JSON.parse(text));
  // jest can fail without a failed test: a coverage threshold, a worker that died.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

await main(async () => {
  const args = process.argv.slice(2);
  const tools = await prepare();
  const reportDir = await mkdtemp(join(tmpdir(), 'fawkes-test-'));
  undoAtExit(() => rm(reportDir, { recursive: true, force: true }));

  const counts = [];
  if (args.length === 0) counts.push(await testScripts(tools, reportDir));
  counts.push(await testPackages(tools, reportDir, args));

  const total = addCounts(counts);
  if (total.passed + total.failed === 0) {
    console.log(`No test matches ${args.join(' ')}`);
  }
  console.log(`\n${verdict(total)}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});
