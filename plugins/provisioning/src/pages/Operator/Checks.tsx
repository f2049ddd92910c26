import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { OperatorResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { layout, Section, StateLabel } from '@fawkes/kit-ui/values';
import { SaidText } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';

/** What was tried when the portal started. */
export function Checks({ checks }: { checks: OperatorResponse['checks'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const names = [...new Set(checks.map(({ name }) => name))];
  return (
    <Section
      title={t('operator.checks')}
      description={t('operator.checksText')}
    >
      {checks.length === 0 ? (
        <p>{t('operator.noChecks')}</p>
      ) : (
        <ul className={layout.rows} aria-label={t('operator.checks')}>
          {names.map(name => {
            // Of one program several things may be checked.
            const found = checks.filter(each => each.name === name);
            const ok = found.every(each => each.ok);
            return (
              <li key={name}>
                <span className={layout.spread}>
                  <strong>{name}</strong>
                  <StateLabel tone={ok ? 'good' : 'bad'}>
                    {t(ok ? 'operator.works' : 'operator.fails')}
                  </StateLabel>
                </span>
                {found.map(({ words }) => (
                  <span key={words.code} className={layout.small}>
                    <SaidText said={words} />
                  </span>
                ))}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
