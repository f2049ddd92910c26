import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Quota } from '@fawkes/backstage-plugin-provisioning-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { Progress } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import styles from '../../components/shared.module.css';
import { provisioningTranslationRef } from '../../translation';

/** How many of those who hold something are named. */
const MOST = 8;

/** How much of each quota is taken, and by whom. */
export function Quotas({ quotas }: { quotas: readonly Quota[] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const titleOf = useEntityTitles(
    quotas.flatMap(({ holders }) => holders.map(({ who }) => who)),
  );
  return (
    <Section title={t('operator.quotas')}>
      {quotas.length === 0 ? (
        <p>{t('operator.noQuotas')}</p>
      ) : (
        <ul className={styles.items} aria-label={t('operator.quotas')}>
          {quotas.map(({ kind, limit, used, holders }, index) => (
            <li key={`${kind}:${index}`} className={styles.item}>
              <Progress
                label={t(`operator.quota.${kind}`)}
                share={limit > 0 ? Math.min(1, used / limit) : 1}
              >
                {t('operator.used', {
                  used: String(used),
                  limit: String(limit),
                })}
              </Progress>
              {holders.length > 0 ? (
                <span className={styles.small}>
                  {holders
                    .slice(0, MOST)
                    .map(({ who, count }) => `${titleOf(who)}: ${count}`)
                    .join(' · ')}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
