import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { Lab } from '@fawkes/backstage-plugin-dojo-common';
import { useSaid } from '@fawkes/kit-ui/values';
import { dojoTranslationRef } from '../../translation';

/** What this portal lacks for a lab; nothing where it can be done. */
export function Needs({ lab: { needs } }: { lab: Lab }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const speak = useSaid();
  if (needs.length === 0) return null;
  return (
    <Alert
      status="info"
      icon
      title={t('lab.notHere')}
      description={
        <ul>
          {needs.map(said => (
            <li key={said.text}>{speak(said, said.text)}</li>
          ))}
        </ul>
      }
    />
  );
}
