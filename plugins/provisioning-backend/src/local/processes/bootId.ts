import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Names this machine since it started: pids mean something under the same id
 * only. Undefined where the machine has no such name.
 */
export async function bootId(): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const text = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return text.trim();
  }
  if (process.platform === 'darwin') {
    const { stdout } = await promisify(execFile)('/usr/sbin/sysctl', [
      '-n',
      'kern.bootsessionuuid',
    ]);
    return stdout.trim();
  }
  return undefined;
}
