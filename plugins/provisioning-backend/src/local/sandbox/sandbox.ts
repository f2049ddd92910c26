import type { Said } from '@fawkes/kit-contract';

/** The programs that other people's code is run with. */
export interface Programs {
  /** This very Node; never one that lies on the PATH. */
  node: string;
  /** npm's own JavaScript, run by that Node. */
  npm?: string;
  bwrap?: string;
  setpriv?: string;
  prlimit?: string;
}

/** What keeps other people's code from this computer, as it was tried. */
export interface Sandbox {
  supported: true;
  /**
   * `bubblewrap`: nothing of this computer but programs. `user`: a user of its
   * own, who sees what everybody sees. `none`: all the portal's user may.
   */
  isolation: 'bubblewrap' | 'user' | 'none';
  /** Why it is not bubblewrap; undefined where it is. */
  why?: Said;
  /** `limited`: the kernel refuses more processes; `watched`: we end who has more. */
  processes: 'limited' | 'watched';
  /** Whether memory and file size are limited. */
  limits: boolean;
  /** Whether the portal runs as root, and gives other people's code another user. */
  root: boolean;
  programs: Programs;
  /** Folder for sockets and scratch space of what runs. */
  folder: string;
  /** Arguments of bwrap that bring the system's own programs in. */
  system: readonly string[];
  /** What all of this means, in sentences for the operator and for who asks for a service. */
  words: readonly Said[];
}

/** A computer on which other people's code is not run. */
export interface NoSandbox {
  supported: false;
  words: readonly Said[];
}

/** How much one program may take. */
export interface Limits {
  /** Address space of each process, in bytes. */
  memoryBytes: number;
  /** Heap of each Node, in MiB. */
  heapMebibytes: number;
  /** Longest file it may write. */
  fileBytes: number;
  /** Tasks at a time: processes, and on Linux their threads. */
  processes: number;
  /** All it may write, where that is a place of its own. */
  scratchBytes: number;
}

const MiB = 1024 * 1024;

/** What a service may take. Node itself wants 1.5 GB of address space to start. */
export const SERVICE_LIMITS: Limits = {
  memoryBytes: 4_096 * MiB,
  heapMebibytes: 256,
  fileBytes: 16 * MiB,
  processes: 64,
  scratchBytes: 64 * MiB,
};

/**
 * What tests may take: Node's runner starts as many processes as there are
 * processors, each of a dozen threads.
 *
 * @param processors - of this computer
 */
export function testLimits(processors: number): Limits {
  return {
    memoryBytes: 4_096 * MiB,
    heapMebibytes: 512,
    fileBytes: 64 * MiB,
    processes: 64 + 24 * processors,
    scratchBytes: 256 * MiB,
  };
}
