import type { Isolation } from '@fawkes/backstage-plugin-provisioning-common';
import { layout, StateLabel } from '@fawkes/kit-ui/values';
import { SaidText } from '@fawkes/kit-ui/query';

/** What a service can reach; where it has no room of its own, that is not said in passing. */
export function IsolationText({
  sandboxed,
  words,
  why,
}: Omit<Isolation, 'why'> & Partial<Pick<Isolation, 'why'>>) {
  if (sandboxed) {
    return (
      <p className={layout.small}>
        <SaidText said={words} />
      </p>
    );
  }
  return (
    <div className={layout.stack}>
      <StateLabel tone="care">
        <SaidText said={words} />
      </StateLabel>
      {why ? (
        <p className={layout.small}>
          <SaidText said={why} />
        </p>
      ) : null}
    </div>
  );
}
