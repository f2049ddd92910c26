import type { Said } from '@fawkes/kit-contract';
import { SaidText } from '@fawkes/kit-ui/query';
import { layout } from '@fawkes/kit-ui/values';

/** Several words, each a point; nothing where there are none. */
export function SaidList({
  items,
  label,
}: {
  items: readonly Said[];
  label?: string;
}) {
  if (items.length === 0) return null;
  return (
    <ul className={layout.points} aria-label={label}>
      {items.map((said, index) => (
        <li key={`${said.code}:${index}`}>
          <SaidText said={said} />
        </li>
      ))}
    </ul>
  );
}
