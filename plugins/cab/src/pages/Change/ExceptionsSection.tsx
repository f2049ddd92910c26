import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { layout, Section } from '@fawkes/kit-ui/values';
import { ExceptionItem } from '../../components/exceptions';
import { cabTranslationRef } from '../../translation';

/** The exceptions it relies on: who, why, until when. Nothing where it needs none. */
export function ExceptionsSection({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (change.exceptions.length === 0) return null;
  return (
    <Section
      title={t('exceptions.used')}
      description={t('exceptions.usedText')}
    >
      <ul className={layout.items} aria-label={t('exceptions.used')}>
        {change.exceptions.map(exception => (
          <ExceptionItem key={exception.id} exception={exception} hidesEntity />
        ))}
      </ul>
    </Section>
  );
}
