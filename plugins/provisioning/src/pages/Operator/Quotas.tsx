import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Quota } from '@fawkes/backstage-plugin-provisioning-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { Progress } from '@fawkes/kit-ui/states';
import { layout, MaybeLink, Section } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { provisioningTranslationRef } from '../../translation';

/** How many of those who hold something are named. */
const MOST = 8;

/** How much of each quota is taken, and by whom. */
export function Quotas({ quotas }: { quotas: readonly Quota[] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const titleOf = useEntityTitles(
    quotas.flatMap(({ holders }) => holders.map(({ who }) => who)),
  );
  const list = usePaths().home();
  const listOf = (owner: string) =>
    list && `${list}?${new URLSearchParams({ whose: 'all', owner })}`;
  return (
    <Section title={t('operator.quotas')}>
      {quotas.length === 0 ? (
        <p>{t('operator.noQuotas')}</p>
      ) : (
        <ul className={layout.items} aria-label={t('operator.quotas')}>
          {quotas.map(({ kind, limit, used, holders }, index) => (
            <li key={`${kind}:${index}`} className={layout.item}>
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
                <ul
                  className={layout.inline}
                  aria-label={t('operator.holders')}
                >
                  {holders.slice(0, MOST).map(({ who, count }) => (
                    <li key={who}>
                      <MaybeLink href={listOf(who)}>
                        {`${titleOf(who)}: ${count}`}
                      </MaybeLink>
                    </li>
                  ))}
                </ul>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
