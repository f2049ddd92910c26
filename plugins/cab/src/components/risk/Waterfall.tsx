import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ExplainedRisk } from '@fawkes/backstage-plugin-cab-common';
import { layout, useFormat } from '@fawkes/kit-ui/values';
import type { CSSProperties } from 'react';
import { cabTranslationRef } from '../../translation';
import own from './risk.module.css';
import { useFactWords } from './useFactWords';

/** 100 points. */
const WHOLE = 100_000;

const barOf = (from: number, milli: number) =>
  ({
    '--from': `${(from / WHOLE) * 100}%`,
    '--wide': `${(milli / WHOLE) * 100}%`,
  } as CSSProperties);

/**
 * A score step by step: what each factor adds, from which facts, and what floors lift
 * it to. The bars are for the eye; every number stands beside them.
 */
export function Waterfall({ risk }: { risk: ExplainedRisk }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const { locale } = useFormat();
  const words = useFactWords();
  const points = (milli: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(
      milli / 1_000,
    );
  const { steps, lifted, deciding } = risk.explanation;
  const { result } = risk;
  const floorOf = (id: string) => {
    const isUnknown = result.floors.find(each => each.id === id)?.unknown;
    const said = words.term('floor', id);
    return isUnknown ? `${said} (${t('risk.unknownFloor')})` : said;
  };
  return (
    <ol className={own.steps} aria-label={t('risk.waterfall')}>
      {steps.map(({ id, weight, milli, upTo, facts, missing }) => (
        <li key={id} className={own.step}>
          <span className={own.name}>{words.term('factor', id)}</span>
          <span className={own.points}>
            {t('risk.ofMost', { points: points(milli), most: String(weight) })}
          </span>
          <span
            className={own.bar}
            style={barOf(upTo - milli, milli)}
            data-unknown={missing.length > 0}
            aria-hidden
          />
          <span className={own.facts}>
            {missing.length > 0
              ? t('risk.unknown', { what: words.missingOf(missing).join(', ') })
              : risk.facts
                  .filter(({ name }) => facts.some(each => each === name))
                  .map(
                    ({ name, value }) =>
                      `${words.fact(name)}: ${words.value(value)}`,
                  )
                  .join(' · ')}
          </span>
        </li>
      ))}
      {lifted > 0 ? (
        <li className={own.step}>
          <span className={own.name}>{t('risk.lifted')}</span>
          <span className={own.points}>+{points(lifted)}</span>
          <span
            className={own.bar}
            style={barOf(result.weighted, lifted)}
            data-lifted
            aria-hidden
          />
          <span className={own.facts}>{deciding.map(floorOf).join('; ')}</span>
        </li>
      ) : null}
      <li className={own.step}>
        <strong className={own.name}>{t('risk.sum')}</strong>
        <strong className={own.points}>{points(result.score)}</strong>
        <span
          className={own.bar}
          style={barOf(0, result.score)}
          data-sum
          aria-hidden
        />
        <span className={layout.small} />
      </li>
    </ol>
  );
}
