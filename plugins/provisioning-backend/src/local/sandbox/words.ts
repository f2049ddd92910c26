import { provisioningComputerWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import { SERVICE_LIMITS, type Sandbox } from './sandbox';

const MiB = 1024 * 1024;
const { say } = provisioningComputerWords;

/** Why nothing is run on this computer. */
export const unsupportedWords = {
  platform: (platform: string) => say('sandbox.platform', { platform }),
  node: (version: string) => say('sandbox.node', { version }),
  root: () => say('sandbox.root'),
};

/** Why there is no room of its own for other people's code. */
export const unconfinedWords = {
  linux: () => say('sandbox.why.linux'),
  missing: () => say('sandbox.why.missing'),
  setpriv: () => say('sandbox.why.setpriv'),
  seen: () => say('sandbox.why.seen'),
  refused: (said: string) =>
    said
      ? say('sandbox.why.refused_said', { said })
      : say('sandbox.why.refused'),
};

/** What a sandbox means, most important first. */
export function sandboxWords(sandbox: Sandbox): Said[] {
  const { isolation, processes, limits, programs } = sandbox;
  const scratch = SERVICE_LIMITS.scratchBytes / MiB;
  const most = SERVICE_LIMITS.processes;
  return [
    isolation === 'bubblewrap'
      ? say('sandbox.bubblewrap', { scratch })
      : say(`sandbox.${isolation}`),
    say(`sandbox.processes.${processes}`, { most }),
    say(limits ? 'sandbox.limits' : 'sandbox.limits.none'),
    ...(programs.npm ? [] : [say('sandbox.npm')]),
  ];
}
