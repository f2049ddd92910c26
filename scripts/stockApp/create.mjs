import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmConfig, runNpm, yarnEnvironmentFrom } from '../lib/npm.mjs';
import { fromRoot } from '../lib/paths.mjs';
import { Problem, lastLines, recogniseFailure } from '../lib/problem.mjs';
import { run } from '../lib/processes.mjs';
import { progress } from '../lib/say.mjs';

const CREATE_APP = '@backstage/create-app@0.9.2';

const readJson = async file => JSON.parse(await readFile(file, 'utf8'));
const writeJson = (file, value) =>
  writeFile(file, `${JSON.stringify(value, null, 2)}\n`);

/** What Backstage itself offers to somebody who begins: `npx @backstage/create-app`, nothing installed yet. */
export async function createStockApp({ dir, tools }) {
  const bar = progress(`Making an app with ${CREATE_APP}`);
  const maker = join(dir, 'create-app');
  await mkdir(maker, { recursive: true });
  await writeJson(join(maker, 'package.json'), {
    name: 'maker',
    private: true,
    // 0.3.2 asks for an @backstage/errors that is not published everywhere.
    overrides: { '@backstage/cli-common': '0.3.1' },
  });
  const installed = await runNpm(
    [
      'install',
      CREATE_APP,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
    ],
    { cwd: maker },
  );
  const made =
    installed.code === 0
      ? await run(
          tools.node,
          [
            join(
              maker,
              'node_modules',
              '@backstage',
              'create-app',
              'bin',
              'backstage-create-app',
            ),
            '--skip-install',
          ],
          {
            cwd: dir,
            env: { ...tools.env, BACKSTAGE_APP_NAME: 'stock' },
            capture: true,
          },
        )
      : installed;
  if (made.code !== 0) {
    bar.stop();
    throw (
      recogniseFailure(made.output, 'making the app') ??
      new Problem('The app could not be made:', lastLines(made.output, 20))
    );
  }
  bar.done('Made a stock app');
  return join(dir, 'stock');
}

/**
 * The versions of Backstage's packages in this repository's lockfile. A release of Backstage names exact ones, and what
 * is newer than the release (which the template's ranges would take) need not fit it.
 */
async function backstageVersions() {
  const lockfile = await readFile(fromRoot('yarn.lock'), 'utf8');
  const versions = new Map();
  for (const [, name, version] of lockfile.matchAll(
    /^"(@backstage\/[\w-]+)@npm:.*":\n {2}version: (.+)$/gm,
  )) {
    versions.set(name, [...(versions.get(name) ?? []), version]);
  }
  return Object.fromEntries(
    [...versions]
      .filter(([, found]) => found.length === 1)
      .map(([name, [version]]) => [name, version]),
  );
}

/**
 * Lets the app resolve what this repository resolves (some packages of today do not install as their authors meant),
 * and the plugins' own dependencies on each other from the tarballs instead of a registry.
 */
export async function addResolutions(app, packed) {
  const file = join(app, 'package.json');
  const manifest = await readJson(file);
  const { resolutions } = await readJson(fromRoot('package.json'));
  manifest.resolutions = {
    ...manifest.resolutions,
    ...(await backstageVersions()),
    ...resolutions,
    ...Object.fromEntries(
      packed.map(({ name, file: tarball }) => [name, `file:${tarball}`]),
    ),
  };
  await writeJson(file, manifest);
}

/** What `yarn workspace <workspace> add` does, for several at once: one install is enough. */
export async function addDependencies(app, workspace, packages) {
  const file = join(app, 'packages', workspace, 'package.json');
  const manifest = await readJson(file);
  for (const { name, file: tarball } of packages) {
    manifest.dependencies[name] = `file:${tarball}`;
  }
  await writeJson(file, manifest);
}

/** Adds lines to the backend where a reader would: before it starts. */
export async function addToBackend(app, lines) {
  const file = join(app, 'packages', 'backend', 'src', 'index.ts');
  const source = await readFile(file, 'utf8');
  const start = 'backend.start();';
  if (!source.includes(start)) {
    throw new Problem('The stock backend does not look as expected any more.', [
      `No "${start}" in packages/backend/src/index.ts`,
    ]);
  }
  await writeFile(file, source.replace(start, `${lines.join('\n')}\n${start}`));
}

export async function installApp(app, { yarn, env }) {
  const bar = progress('Installing the app (about two minutes, 2 GB)');
  const { code, output } = await run(yarn[0], [...yarn.slice(1), 'install'], {
    cwd: app,
    env: {
      ...env,
      ...yarnEnvironmentFrom(await npmConfig(app)),
      // Ours, not the older one the template brings.
      YARN_IGNORE_PATH: '1',
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      YARN_NPM_MINIMAL_AGE_GATE: '0',
      // Nothing needs a build script; some want a compiler and downloads.
      YARN_ENABLE_SCRIPTS: 'false',
      YARN_ENABLE_PROGRESS_BARS: 'false',
      YARN_ENABLE_COLORS: 'false',
      YARN_ENABLE_TELEMETRY: 'false',
    },
    onLine: line => bar.note(line.slice(0, 70)),
    capture: true,
  });
  if (code !== 0) {
    bar.stop();
    throw (
      recogniseFailure(output, 'installing the app') ??
      new Problem('The app could not be installed:', lastLines(output, 30))
    );
  }
  bar.done('Installed the app');
}
