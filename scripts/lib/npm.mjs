import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './processes.mjs';

/** How to call npm without a shell: through the JavaScript file it consists of, where that can be found. */
export function npmCommand() {
  const binDir = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(binDir, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(binDir, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find(
    path => path && /npm-cli\.js$/.test(path) && existsSync(path),
  );
  return script ? [process.execPath, script] : ['npm'];
}

/**
 * The environment for npm itself: what the person set for it (registry, proxy, cache) stays, what an outer `npm start`
 * says about this project goes.
 */
export function npmEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(lifecycle|package|command|execpath|node_execpath|config_(local_prefix|prefix|workspace|global$|user_agent|node_gyp))/i.test(
          name,
        ),
    ),
  );
}

export async function runNpm(args, options = {}) {
  const [command, ...first] = npmCommand();
  return run(command, [...first, ...args], {
    env: npmEnvironment(),
    capture: true,
    ...options,
  });
}

const settingsForYarn = {
  registry: 'YARN_NPM_REGISTRY_SERVER',
  proxy: 'YARN_HTTP_PROXY',
  'https-proxy': 'YARN_HTTPS_PROXY',
  cafile: 'YARN_HTTPS_CA_FILE_PATH',
};

/**
 * Yarn does not read npm's settings. Someone whose npm works through a mirror or a proxy expects the same of
 * `npm start`, so these settings are handed on, unless Yarn's own variable is set already.
 */
export function yarnEnvironmentFrom(npmConfig, env = process.env) {
  const settings = {};
  for (const [name, variable] of Object.entries(settingsForYarn)) {
    const value = npmConfig[name];
    if (value && !env[variable]) settings[variable] = String(value);
  }
  if (npmConfig['strict-ssl'] === false && !env.YARN_ENABLE_STRICT_SSL) {
    settings.YARN_ENABLE_STRICT_SSL = 'false';
  }
  return settings;
}

/** npm's settings as it would use them here; empty when npm cannot tell (then Yarn's defaults hold). */
export async function npmConfig(cwd) {
  const { code, output } = await runNpm(
    ['config', 'list', '--json', '--long', '--loglevel=silent'],
    { cwd },
  );
  if (code !== 0) return {};
  try {
    return JSON.parse(output.slice(output.indexOf('{')));
  } catch {
    return {};
  }
}
