import { describeFailure } from './problem.mjs';

const cleanups = [];
let stopping;

/**
 * Registers something to undo when the script ends, however it ends. The last registered is undone first. Answers a
 * function that undoes it now instead.
 */
export function undoAtExit(undo) {
  const entry = { undo };
  cleanups.push(entry);
  return async () => {
    const index = cleanups.indexOf(entry);
    if (index < 0) return;
    cleanups.splice(index, 1);
    await undo();
  };
}

/** True once the script is on its way out: children that end now were ended by us. */
export const isStopping = () => stopping !== undefined;

function undoAll() {
  stopping ??= (async () => {
    while (cleanups.length > 0) {
      try {
        await cleanups.pop().undo();
      } catch (error) {
        console.error(describeFailure(error));
        process.exitCode = 1;
      }
    }
  })();
  return stopping;
}

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 };
let leaving = false;

/** The way out: undoes everything, then goes. Only the first call counts. */
async function leave(code) {
  if (leaving) return;
  leaving = true;
  await undoAll();
  process.exit(process.exitCode || code);
}

/**
 * npm and yarn sit between us and the terminal. When they are killed we are left behind without a word, so their
 * disappearance counts as being told to stop.
 */
function leaveWithPackageManager() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) leave(exitCodes.SIGTERM);
  }, 1_000).unref();
}

/**
 * Runs a script from beginning to end: `work` answers the exit code (nothing means 0). Whatever happens, everything
 * registered with {@link undoAtExit} is undone before the process goes.
 */
export async function main(work) {
  const fail = error => {
    if (!leaving) console.error(`\n${describeFailure(error)}`);
    return leave(1);
  };
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) {
    process.on(signal, () => leave(exitCodes[signal]));
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => leave(exitCodes.SIGPIPE)); // nobody reads us any more
  }
  process.on('uncaughtException', fail);
  leaveWithPackageManager();
  try {
    await leave((await work()) ?? 0);
  } catch (error) {
    await fail(error);
  }
}
