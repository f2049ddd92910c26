/** The branch people see first, and the only one that is built. */
export const MAIN = 'refs/heads/main';

/** Branches below it are ours; people cannot push them. */
export const OURS = 'refs/heads/fawkes';

/** A full git object id. */
const OBJECT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Makes sure that a commit is an object id before git gets it: anything else
 * could be an option or name something else tomorrow.
 */
export function objectId(text: string): string {
  if (!OBJECT.test(text)) throw new Error('A commit is named by its full id');
  return text;
}

/** The full name of a branch, when it is one that can be told apart from an option. */
export function branchRef(branch: string): string {
  if (
    !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/.test(branch) ||
    /\.\.|\/\/|\/\.|[./]$|\.lock(\/|$)/.test(branch)
  ) {
    throw new Error(`${JSON.stringify(branch)} is no name of a branch`);
  }
  return `refs/heads/${branch}`;
}
