/** What git needs of the machine's environment to start at all. */
const NEEDED = [
  'PATH',
  'LD_LIBRARY_PATH',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
];

/**
 * Of git's own variables, those by which an operator hands configuration and
 * certificates to it. The others would point it elsewhere, name programs, or
 * make it talkative.
 */
const OPERATORS =
  /^GIT_(SSL_\w+|CONFIG_(SYSTEM|GLOBAL|NOSYSTEM|COUNT|(KEY|VALUE)_\d+))$/;

/**
 * The environment of a run of git.
 *
 * One that stays on this machine gets next to nothing of ours: no home, so no
 * configuration, and none of the backend's secrets. One that mirrors an address
 * keeps the operator's configuration, since that is where credential helpers,
 * proxies and certificates are named; credential helpers may want any variable.
 *
 * `GIT_ALLOW_PROTOCOL` settles what git may connect by, whatever is configured:
 * an empty list is nothing, not even another directory of this machine.
 *
 * @param ceiling - directory above which git looks for no repository
 */
export function environment(
  ceiling: string,
  online: boolean = false,
): NodeJS.ProcessEnv {
  return {
    ...(online ? operators() : bare()),
    GIT_ALLOW_PROTOCOL: online ? 'https' : '',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: ceiling,
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

function bare(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(
      NEEDED.filter(name => process.env[name] !== undefined).map(name => [
        name,
        process.env[name],
      ]),
    ),
    GIT_ASKPASS: '',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
  };
}

function operators(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    // The askpass of a desktop would open a window.
    ([name]) =>
      name !== 'SSH_ASKPASS' &&
      (!name.startsWith('GIT_') || OPERATORS.test(name)),
  );
  return Object.fromEntries(kept);
}
