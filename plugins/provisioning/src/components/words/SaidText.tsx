import type { Said } from '@fawkes/kit-contract';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { useSaid } from '@fawkes/kit-ui/values';

const isPerson = (value: unknown): value is string =>
  typeof value === 'string' && /^(group|user):/.test(value);

/**
 * Words of the backend in the language of the person, people and groups by the
 * names they are known by.
 */
export function SaidText({ said }: { said: Said }) {
  const speak = useSaid();
  const titleOf = useEntityTitles(Object.values(said.params).filter(isPerson));
  const params = Object.fromEntries(
    Object.entries(said.params).map(([name, value]) => [
      name,
      isPerson(value) ? titleOf(value) : value,
    ]),
  );
  return <>{speak({ code: said.code, params }, said.text)}</>;
}
