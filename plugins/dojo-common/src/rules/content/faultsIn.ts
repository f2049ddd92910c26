import type { z } from 'zod';
import type { Step } from './yaml';

/**
 * What a schema says against a file, by place and field. A field that is not
 * known is told by its place alone: its name may be a key that slipped.
 *
 * @param around - what the fields are in
 */
export function faultsIn(
  error: z.core.$ZodError,
  around = '',
): Array<{ at: Step[]; message: string }> {
  return error.issues.flatMap(issue => {
    const at = issue.path.filter(
      (step): step is Step => typeof step !== 'symbol',
    );
    const nameOf = (steps: readonly Step[]) =>
      [...(around ? [around] : []), ...steps].join('.') || 'the file';
    const field = nameOf(at);
    if (issue.code === 'invalid_key') {
      const message = `${nameOf(
        at.slice(0, -1),
      )}: has a field with a wrong name`;
      return [{ at, message }];
    }
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        at: [...at, key],
        message: `${field}: has a field that is not known`,
      }));
    }
    return [{ at, message: `${field}: ${issue.message}` }];
  });
}
