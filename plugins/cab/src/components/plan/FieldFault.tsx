import { layout } from '@fawkes/kit-ui/values';
import type { ReactNode } from 'react';

/** What is wrong with a field, below it. */
export function FieldFault({
  when,
  children,
}: {
  when: boolean;
  children: ReactNode;
}) {
  return when ? (
    <p role="alert" className={layout.invalid}>
      {children}
    </p>
  ) : null;
}
