import { clipText, type Said } from '@fawkes/kit-contract';
import type { DriftWord } from '../contract';
import { isPinned, shortImage } from './dockerfile';
import type { Managed } from './managed';
import { say } from './words';

/** Most of a value that people wrote that is told on. */
const MOST = 200;

/** Why a field is called as it is, where more can be said than of a file; undefined where not. */
export function reasonOfField(
  thing: Managed,
  word: DriftWord,
): Said | undefined {
  if (word === 'in_sync' || word === 'unknown') return undefined;
  switch (thing.field) {
    case 'bases':
      return reasonOfBases(thing, word);
    case 'annotation':
      return reasonOfAnnotation(thing, word);
    default:
      return undefined;
  }
}

/** Of several images, the first that is another one. */
function reasonOfBases(thing: Managed, word: DriftWord): Said | undefined {
  if (thing.found === null || thing.wanted === null) return undefined;
  const found = thing.found.split('\n');
  const wanted = thing.wanted.split('\n');
  const at = found.findIndex(
    (image, index) => image !== wanted[index] && !wanted.includes(image),
  );
  const shown = (image: string) => clipText(shortImage(image), MOST);
  if (at < 0) {
    const missing = wanted.find(image => !found.includes(image));
    return missing === undefined
      ? undefined
      : say('drift.base_gone', { wanted: shown(missing) });
  }
  const params = {
    found: shown(found[at]),
    wanted: shown(wanted[at] ?? wanted[wanted.length - 1]),
  };
  if (word === 'behind_template') return say('drift.base_behind', params);
  return isPinned(found[at])
    ? say('drift.base_changed', params)
    : say('drift.base_unpinned', params);
}

function reasonOfAnnotation(
  { path, written, wanted, found }: Managed,
  word: DriftWord,
): Said | undefined {
  const annotation = clipText(path.slice(path.indexOf('#') + 1), MOST);
  const shown = (value: string) => clipText(value, MOST);
  if (word === 'behind_template') {
    if (wanted === null) return say('drift.annotation_dropped', { annotation });
    return found === null
      ? say('drift.annotation_new', { annotation, wanted: shown(wanted) })
      : say('drift.annotation_behind', {
          annotation,
          found: shown(found),
          wanted: shown(wanted),
        });
  }
  if (written === null) return undefined;
  return found === null
    ? say('drift.annotation_gone', { annotation, written: shown(written) })
    : say('drift.annotation_changed', {
        annotation,
        found: shown(found),
        written: shown(written),
      });
}
