import { execFileSync } from 'node:child_process';
import type { Bundle } from '@fawkes/backstage-plugin-provisioning-node';
import { textIn } from '../rendered';

/**
 * Holds rendered services to one kind of rule; answers for each of them what is
 * wrong. Many at once: some of them start a program, which takes longer than its work.
 */
export interface Checker {
  /** Why it cannot be asked on this computer; undefined where it can. */
  absent?: () => string | undefined;
  faultsIn(bundles: Bundle[]): Promise<string[][]>;
}

/** A checker that looks at one service after the other. */
export function oneByOne(
  check: (bundle: Bundle) => string[] | Promise<string[]>,
): Checker {
  return {
    faultsIn: bundles =>
      Promise.all(bundles.map(async bundle => check(bundle))),
  };
}

/** The files of a service whose paths fit, with their text. */
export function filesIn(bundle: Bundle, paths: RegExp): [string, string][] {
  return [...bundle.keys()]
    .filter(path => paths.test(path))
    .map(path => [path, textIn(bundle, path)]);
}

/** The same service with a fault: what stood there once, in another way. */
export function withFault(
  bundle: Bundle,
  path: string,
  from: string,
  to: string,
): Bundle {
  const text = textIn(bundle, path);
  if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
  const bytes = new TextEncoder().encode(text.replace(from, () => to));
  return new Map(bundle).set(path, { mode: '644', bytes });
}

/** Why a program cannot be asked; undefined where it can. */
export function absentProgram(
  command: string,
  args: string[],
): string | undefined {
  try {
    execFileSync(command, args, { stdio: 'pipe' });
    return undefined;
  } catch {
    return `there is no ${command} on this computer`;
  }
}
