import { randomUUID } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyTo, type Log } from '../logs/log';
import {
  ProcessGroup,
  type Ended,
  type ProcessMark,
} from '../processes/processGroup';
import { confine, type Confinement } from './confine';
import { belongsByVariable, belongsToUser, FamilyWatch } from './family';
import type { Sandbox } from './sandbox';

/** How a program in the sandbox ended. */
export interface ProgramEnd extends Ended {
  /** Whether it was ended for having too many processes. */
  tooMany: boolean;
}

/** A program to start; where it may write is seen to. */
export type ProgramRequest = Omit<Confinement, 'scratch'>;

/** Watches over a program as its room requires; in bubblewrap the kernel ends all of it together. */
function watching(
  { isolation, processes }: Sandbox,
  { limits, uid }: ProgramRequest,
  variable: string,
) {
  return (mark: ProcessMark, tooMany: () => void) => {
    const counted = processes === 'limited';
    if (counted && isolation === 'bubblewrap') return undefined;
    const belongs = {
      bubblewrap: async () => false,
      user: belongsToUser(uid),
      none: belongsByVariable(variable),
    }[isolation];
    const most = counted ? undefined : limits.processes;
    return new FamilyWatch({ mark, belongs, most, tooMany });
  };
}

/** A program that runs in the sandbox, and all that comes of it. */
export class ConfinedProgram {
  /** Resolves when nothing of it is left and its last words are in the log. */
  readonly ended: Promise<ProgramEnd>;
  private tooMany = false;
  private readonly watch: FamilyWatch | undefined;

  private constructor(
    private readonly group: ProcessGroup,
    private readonly scratch: string,
    watch: (mark: ProcessMark, tooMany: () => void) => FamilyWatch | undefined,
    log: Log,
  ) {
    this.watch = watch(group.mark, () => {
      this.tooMany = true;
    });
    const output = Promise.all([
      copyTo(log, group.stdout),
      copyTo(log, group.stderr, 'err'),
    ]);
    output.catch(() => {});
    this.ended = this.finish(output);
    this.ended.catch(() => {});
  }

  /** @throws Error when it cannot be started */
  static async start(
    sandbox: Sandbox,
    request: ProgramRequest,
    log: Log,
  ): Promise<ConfinedProgram> {
    const scratch = await mkdtemp(join(sandbox.folder, 'scratch-'));
    try {
      if (sandbox.isolation === 'user') {
        await chown(scratch, request.uid, request.uid);
      }
      const marker = { name: 'FAWKES_RUN', value: randomUUID() };
      const { env } = request;
      const command = confine(sandbox, {
        ...request,
        scratch,
        // In the other rooms, there is a better way to tell what is ours.
        env:
          sandbox.isolation === 'none'
            ? { ...env, [marker.name]: marker.value }
            : env,
      });
      const group = await ProcessGroup.start(command);
      const watch = watching(
        sandbox,
        request,
        `${marker.name}=${marker.value}`,
      );
      return new ConfinedProgram(group, scratch, watch, log);
    } catch (error) {
      await rm(scratch, { recursive: true, force: true });
      throw error;
    }
  }

  /** To be kept, so that a later start of the portal can sweep it. */
  get mark(): ProcessMark {
    return this.group.mark;
  }

  /** Ends all of it. */
  async end(grace?: number): Promise<ProgramEnd> {
    await this.group.end(grace);
    return this.ended;
  }

  private async finish(output: Promise<unknown>): Promise<ProgramEnd> {
    const ended = await this.group.ended;
    await this.watch?.end();
    await output;
    await rm(this.scratch, { recursive: true, force: true });
    return { ...ended, tooMany: this.tooMany };
  }
}
