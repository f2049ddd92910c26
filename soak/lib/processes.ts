import { readdirSync, readFileSync } from 'node:fs';

/** A process of this computer. */
export interface Process {
  pid: number;
  parent: number;
  /** Its program and arguments. */
  command: string;
}

/** All processes there are at this moment. */
export function processes(): Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The name of the program stands in brackets and may hold anything.
        const [state, parent] = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ');
        if (state === 'Z') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return [
          {
            pid: Number(name),
            parent: Number(parent),
            command: command.replaceAll('\0', ' ').trim(),
          },
        ];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
}

/** Those a process started, and those that they did. */
export function descendantsOf(pid: number, all = processes()): Process[] {
  const children = all.filter(({ parent }) => parent === pid);
  return children.flatMap(child => [child, ...descendantsOf(child.pid, all)]);
}
