import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { Thing } from '@fawkes/backstage-plugin-provisioning-common';
import type { Said } from '@fawkes/kit-contract';
import { layout } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import { Links } from '../effects';
import { SaidText } from '../words';

/** Things that exist because of a request: whence, where, and what undoing takes. */
export function Things({
  things,
  label,
  reasonOf,
  isGoing = false,
}: {
  things: readonly Thing[];
  label: string;
  /** Why something stays, in the place of how it is undone. */
  reasonOf?: (thing: Thing) => Said | undefined;
  /** It is about to be undone: what that means is said, and not that it could be. */
  isGoing?: boolean;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <ul className={layout.items} aria-label={label}>
      {things.map((thing, index) => {
        const reason = reasonOf?.(thing);
        return (
          <li key={`${thing.effect}:${index}`} className={layout.item}>
            <span className={layout.spread}>
              <span>
                <SaidText said={thing.title} />
              </span>
              {thing.origin ? (
                <Badge size="small">{t(`origin.${thing.origin}`)}</Badge>
              ) : null}
            </span>
            <Links links={thing.links} />
            <span className={layout.small}>
              {reason ? (
                <SaidText said={reason} />
              ) : (
                <>
                  {isGoing ? null : (
                    <strong>{t(`undo.${thing.undoClass}`)}: </strong>
                  )}
                  <SaidText said={thing.undo} />
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
