import { readFile, writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { needDiskSpace } from './disk.mjs';
import { dependencyFingerprint } from './fingerprint.mjs';
import { npmConfig, yarnEnvironmentFrom } from './npm.mjs';
import { fromRoot, root } from './paths.mjs';
import { Problem, lastLines, recogniseFailure } from './problem.mjs';
import { run } from './processes.mjs';
import { progress } from './say.mjs';

const stamp = fromRoot('node_modules', '.fawkes-install');
const neededBytes = 3e9;

/** Yarn's own words without its codes and colours: "Fetch step", "Link step", … */
function readable(line) {
  const words = stripVTControlCharacters(line)
    .replace(/^➤ (YN\d+: )?/, '')
    .replace(/^[│┌└ ]+/, '')
    .trim();
  return words.length > 70 ? `${words.slice(0, 69)}…` : words;
}

/**
 * Installs what the lockfile says, once: until a manifest or the lockfile changes, later runs cost nothing.
 */
export async function installDependencies({ yarn, env }) {
  const wanted = await dependencyFingerprint(root);
  const have = await readFile(stamp, 'utf8').catch(() => undefined);
  if (have === wanted) return;

  if (have === undefined) {
    await needDiskSpace(root, neededBytes, 'installing the dependencies');
  }
  const bar = progress('Installing the dependencies (minutes the first time)');
  const [command, ...first] = yarn;
  const { code, output } = await run(
    command,
    [...first, 'install', '--immutable'],
    {
      cwd: root,
      env: {
        ...env,
        ...yarnEnvironmentFrom(await npmConfig(root)),
        YARN_ENABLE_PROGRESS_BARS: 'false',
        YARN_ENABLE_COLORS: 'false',
        YARN_ENABLE_TELEMETRY: 'false',
      },
      onLine: line => bar.note(readable(line)),
    },
  );
  if (code !== 0) {
    bar.stop();
    throw (
      recogniseFailure(output, 'installing the dependencies') ??
      new Problem('The dependencies could not be installed. Yarn said:', [
        ...lastLines(output, 25),
        'A second run continues where this one stopped.',
      ])
    );
  }
  await writeFile(stamp, wanted);
  bar.done('Dependencies installed');
}
