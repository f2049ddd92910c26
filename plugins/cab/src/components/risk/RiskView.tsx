import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ExplainedRisk } from '@fawkes/backstage-plugin-cab-common';
import { layout, useSaid } from '@fawkes/kit-ui/values';
import { cabTranslationRef } from '../../translation';
import { useScore } from '../words';
import own from './risk.module.css';
import { useFactWords } from './useFactWords';
import { Waterfall } from './Waterfall';

/** What {@link RiskView} takes. */
export interface RiskViewProps {
  risk: ExplainedRisk;
  /** Only what decides: no step by step. */
  short?: boolean;
}

/** A score: who decides by it, where it comes from, what is missing, what would lower it. */
export function RiskView({ risk, short = false }: RiskViewProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  const speak = useSaid();
  const score = useScore();
  const { missingOf } = useFactWords();
  const { result, explanation } = risk;
  const missing = missingOf(result.missing);
  return (
    <div className={layout.stack}>
      <div className={own.head}>
        <span className={own.score}>
          {t('risk.points', { score: score(result.shown) })}
        </span>
        <span>{t(`band.${result.route}`)}</span>
      </div>
      <Text as="p" variant="body-medium">
        {t(`route.${result.route}`)}
      </Text>
      {short ? null : <Waterfall risk={risk} />}
      {missing.length > 0 ? (
        <div className={own.missing}>
          <strong>{t('risk.missing', { count: missing.length })}</strong>
          <Text as="p" variant="body-medium">
            {t('risk.missingText', { what: missing.join(', ') })}
          </Text>
        </div>
      ) : null}
      {explanation.wouldLower.length > 0 ? (
        <div className={layout.tight}>
          <strong>{t('risk.lower')}</strong>
          <Text as="p" variant="body-small" color="secondary">
            {t('risk.lowerText')}
          </Text>
          <ul className={layout.points}>
            {explanation.wouldLower.map(({ id, shown, route }) => (
              <li key={id}>
                {speak({ code: `lever.${id}` }, id)}:{' '}
                <span className={layout.number}>
                  {t('risk.to', { score: score(shown) })}
                </span>{' '}
                ({t(`band.${route}`)})
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
