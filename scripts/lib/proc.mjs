import { readFileSync } from 'node:fs';

/** What Linux tells about a process: its state (`Z` is dead but not yet buried) and its group; `undefined` if none. */
export function statusOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may hold anything.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, group: Number(group) };
  } catch {
    return undefined;
  }
}
