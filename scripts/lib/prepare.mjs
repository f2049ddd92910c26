import { Problem } from './problem.mjs';
import { installDependencies } from './install.mjs';
import { findToolchain } from './toolchain.mjs';

/**
 * Everything a script needs before it can begin: Node, Yarn and, unless `install` says otherwise, the dependencies. Cheap
 * when they are there.
 */
export async function prepare({ install = true } = {}) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Problem(
      `This is Node ${process.version}; 20 or newer is needed.`,
      [
        'Any Node from 20 on will do: the version Backstage wants is brought along.',
      ],
    );
  }
  const tools = await findToolchain();
  if (install) await installDependencies(tools);
  return tools;
}
