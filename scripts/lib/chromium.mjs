import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem, lastLines } from './problem.mjs';
import { run } from './processes.mjs';
import { progress } from './say.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const macApps = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (executable(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new Problem(
      `CHROMIUM_PATH is "${env.CHROMIUM_PATH}", which cannot be run.`,
    );
  }
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter)];
  const candidates = [
    ...names.flatMap(name => folders.map(folder => join(folder, name))),
    ...macApps,
  ];
  return candidates.find(executable);
}

async function installFromDebian() {
  const bar = progress("Installing Debian's chromium");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update'],
    ['install', '-y', '--no-install-recommends', 'chromium'],
  ]) {
    const { code, output } = await run('apt-get', args, {
      env,
      capture: true,
      onLine: line => bar.note(line.slice(0, 70)),
    });
    if (code !== 0) {
      bar.stop();
      throw new Problem(`apt-get ${args[0]} failed:`, lastLines(output, 15));
    }
  }
  bar.done('Installed chromium');
}

/** The browser for the journeys: found, or installed where that is possible without asking (root, in CI, on Debian). */
export async function provideChromium() {
  const found = findChromium();
  if (found) return found;
  const mayInstall =
    process.env.CI &&
    process.getuid?.() === 0 &&
    existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    await installFromDebian();
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Problem('The browser tests need Chromium, and none was found.', [
    'On Debian: apt-get install --no-install-recommends chromium',
    'Elsewhere: install Chromium or Chrome, or set CHROMIUM_PATH to the program.',
  ]);
}
