import {
  acceptsPath,
  buildPathAutomaton,
  type Said,
} from '@fawkes/kit-contract';
import { say } from '../contract';

/** Longest pattern for paths, in UTF-16 code units. @public */
export const MAX_PATH_PATTERN = 256;

/** A pattern that paths can be held against, or why it is none. @public */
export type PathPattern =
  | {
      ok: true;
      /** Whether a path of the repository fits; see {@link readPathPattern}. */
      matches(path: string): boolean;
    }
  | {
      ok: false;
      /** What is wrong with it, as the end of a sentence. */
      reason: Said;
      /** What to write instead, as a sentence. */
      advice: Said;
    };

const META = /[+()[\]{}!\\]/;

const isWild = (part: string) => /[*?]/.test(part);

/**
 * Reads a pattern for paths, which are written from the root of a repository:
 * `*` is any number of characters within one name, `?` is one of them, and `**`
 * between slashes is any number of folders. `a/**` is everything below `a`, and
 * `a` itself. Names that begin with a dot are names like others.
 *
 * What has a meaning elsewhere and none here is refused: taken literally, it
 * would match nothing and nobody would know.
 *
 * Time grows with the length of the path times the length of the pattern, and
 * with nothing else.
 * @public
 */
export function readPathPattern(text: string): PathPattern {
  if (text.length > MAX_PATH_PATTERN) {
    return {
      ok: false,
      reason: say('pattern.long', { max: MAX_PATH_PATTERN }),
      advice: say('pattern.long.advice'),
    };
  }
  const meta = META.exec(text)?.[0];
  if (meta !== undefined) {
    return {
      ok: false,
      reason: say('pattern.meta', { meta }),
      advice: say('pattern.meta.advice', { meta }),
    };
  }
  const parts = text.split('/');
  if (parts.length > 1 && parts[0] === '.') parts.shift();
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    return {
      ok: false,
      reason: say('pattern.no_path'),
      advice: say('pattern.no_path.advice'),
    };
  }
  const automaton = buildPathAutomaton(parts);
  // Most paths are of other services, and most patterns begin with a folder.
  const folder = parts.slice(0, parts.findIndex(isWild)).join('/');
  return {
    ok: true,
    matches: path => path.startsWith(folder) && acceptsPath(automaton, path),
  };
}
