import { fromRoot } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { runTypeScript } from './typeScript.mjs';

/** Runs the command line of a plugin, `src/cli/main.ts`, with what was typed behind the command; its exit code. */
export async function runCli(plugin) {
  return runTypeScript(
    await prepare(),
    fromRoot('plugins', plugin, 'src', 'cli', 'main.ts'),
    process.argv.slice(2),
  );
}
