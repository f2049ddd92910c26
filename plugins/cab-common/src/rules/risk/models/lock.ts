import { compareText } from '@fawkes/kit-contract';

/** Versions of models with their hashes, or of what was locked. */
export type Hashes = Readonly<Record<string, string>>;

/**
 * Where models are not those that were locked: a model whose data became another
 * without a new version, one that was never locked, one that is gone.
 *
 * @returns a line each; none when all is well
 */
export function lockFaults(models: Hashes, locked: Hashes): string[] {
  const versions = new Set([...Object.keys(models), ...Object.keys(locked)]);
  return [...versions].sort(compareText).flatMap(version => {
    if (locked[version] === undefined) return [`${version} is not locked`];
    if (models[version] === undefined) return [`${version} is gone`];
    return models[version] === locked[version]
      ? []
      : [`${version} has changed: give it a new version`];
  });
}
