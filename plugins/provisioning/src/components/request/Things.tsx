import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { Thing } from '@fawkes/backstage-plugin-provisioning-common';
import type { Said } from '@fawkes/kit-contract';
import { provisioningTranslationRef } from '../../translation';
import { Links } from '../effects';
import shared from '../shared.module.css';
import { SaidText } from '../words';

/** Things that exist because of a request: whence, where, and what undoing takes. */
export function Things({
  things,
  label,
  reasonOf,
}: {
  things: readonly Thing[];
  label: string;
  /** Why something stays, in the place of how it is undone. */
  reasonOf?: (thing: Thing) => Said | undefined;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <ul className={shared.items} aria-label={label}>
      {things.map((thing, index) => {
        const reason = reasonOf?.(thing);
        return (
          <li key={`${thing.effect}:${index}`} className={shared.item}>
            <span className={shared.spread}>
              <span>
                <SaidText said={thing.title} />
              </span>
              {thing.origin ? (
                <Badge size="small">{t(`origin.${thing.origin}`)}</Badge>
              ) : null}
            </span>
            <Links links={thing.links} />
            <span className={shared.small}>
              {reason ? (
                <SaidText said={reason} />
              ) : (
                <>
                  <strong>{t(`undo.${thing.undoClass}`)}:</strong>{' '}
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
