import type { Said } from '@fawkes/kit-contract';
import { useSaid } from '../values';
import { useEntityTitles } from './useEntityTitles';

const BETWEEN = ', ';

/** A ref of somebody, alone or as whose something is: `pay (group:default/payments)`. */
const SOMEBODY = /^((?:[^\s,()]+ \()?)((?:group|user):[^\s,()]+)(\)?)$/;

/** The parts of a param that names somebody, or a list of them; none of anything else. */
function somebodyIn(value: string | number): RegExpExecArray[] {
  const parts = String(value)
    .split(BETWEEN)
    .map(part => SOMEBODY.exec(part));
  const fit = parts.filter(part => part !== null && !part[1] === !part[3]);
  return fit.length === parts.length ? (fit as RegExpExecArray[]) : [];
}

/**
 * Words of the backend in the language of the person, people and groups by the
 * names they are known by.
 * @public
 */
export function SaidText({ said }: { said: Said }) {
  const speak = useSaid();
  const titleOf = useEntityTitles(
    Object.values(said.params)
      .flatMap(somebodyIn)
      .map(([, , ref]) => ref),
  );
  const params = Object.fromEntries(
    Object.entries(said.params).map(([name, value]) => {
      const named = somebodyIn(value).map(
        ([, before, ref, after]) => `${before}${titleOf(ref)}${after}`,
      );
      return [name, named.length > 0 ? named.join(BETWEEN) : value];
    }),
  );
  return <>{speak({ code: said.code, params }, said.text)}</>;
}
