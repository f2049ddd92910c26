import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { OperatorResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { Section } from '@fawkes/kit-ui/values';
import styles from '../../components/shared.module.css';
import { SaidText, StateLabel } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';

/** What was tried when the portal started. */
export function Checks({ checks }: { checks: OperatorResponse['checks'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Section
      title={t('operator.checks')}
      description={t('operator.checksText')}
    >
      {checks.length === 0 ? (
        <p>{t('operator.noChecks')}</p>
      ) : (
        <ul className={styles.rows} aria-label={t('operator.checks')}>
          {checks.map(({ name, ok, words }) => (
            // Of one program several things may be checked.
            <li key={`${name} ${words.code}`}>
              <span className={styles.spread}>
                <strong>{name}</strong>
                <StateLabel tone={ok ? 'good' : 'bad'}>
                  {t(ok ? 'operator.works' : 'operator.fails')}
                </StateLabel>
              </span>
              <span className={styles.small}>
                <SaidText said={words} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
