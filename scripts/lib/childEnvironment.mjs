import { delimiter } from 'node:path';

/**
 * The environment for programs of this workspace. npm and yarn describe themselves to their scripts in variables;
 * inherited by another package manager these do harm (a wrong user agent, a foreign prefix), so they stay out.
 */
export function childEnvironment(pathDirs = [], extra = {}) {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^(npm_|yarn_ignore_|project_cwd$|init_cwd$|berry_bin_)/i.test(name)) {
      continue;
    }
    if (name.toUpperCase() !== 'PATH') env[name] = value;
  }
  const inherited = process.env.PATH ?? process.env.Path ?? '';
  return {
    ...env,
    PATH: [...pathDirs, inherited].filter(Boolean).join(delimiter),
    ...extra,
  };
}
