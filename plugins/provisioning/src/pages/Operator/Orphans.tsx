import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { OperatorResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { Instant, layout, MaybeLink, Section } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { SaidText } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';
import { ByHand } from './ByHand';

/** What was given up, or exists outside with our mark and is not in the ledger. */
export function Orphans({ orphans }: { orphans: OperatorResponse['orphans'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  return (
    <Section
      title={t('operator.orphans')}
      description={t('operator.orphansText')}
    >
      {orphans.length === 0 ? (
        <p>{t('operator.noOrphans')}</p>
      ) : (
        <ul className={layout.items} aria-label={t('operator.orphans')}>
          {orphans.map(({ request, words, byHand, since }, index) => (
            <li key={`${request?.id}:${index}`} className={layout.item}>
              {request ? (
                <MaybeLink href={paths.request(request.id)}>
                  {request.name}
                </MaybeLink>
              ) : null}
              <span>
                <SaidText said={words} />
              </span>
              <ByHand items={byHand} />
              <span className={layout.small}>
                {t('operator.since')} <Instant at={since} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
