import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QualityResponse } from '@fawkes/backstage-plugin-delivery-common';
import {
  FigureValue,
  Instant,
  Section,
  useFormat,
} from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';
import { Tiles } from './Tiles';

/** What is shown where there is any. */
const GAPS = ['unknownParents', 'unknownBranches', 'differingCommits'] as const;
const SHORTENED = ['clippedTexts', 'unknownLists'] as const;

/** How much of the truth the numbers can stand on. */
export function Coverage({ quality }: { quality: QualityResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const rate = (value: number) => format.rate(value);
  const found = [
    ...GAPS.map(name => ({
      name,
      count: quality.services.reduce((sum, service) => sum + service[name], 0),
    })),
    ...SHORTENED.map(name => ({ name, count: quality[name] })),
  ].filter(({ count }) => count > 0);
  return (
    <Section title={t('fact.coverage.title')}>
      <Tiles
        tiles={[
          {
            label: t('fact.coverage.services'),
            value: <FigureValue figure={quality.coverage}>{rate}</FigureValue>,
          },
          {
            label: t('fact.coverage.unknownStart'),
            value: (
              <FigureValue figure={quality.unknownStartShare}>
                {rate}
              </FigureValue>
            ),
            hint: t('fact.coverage.unknownStartHint'),
          },
          {
            label: t('fact.coverage.clamped'),
            value: (
              <FigureValue figure={quality.clampedShare}>{rate}</FigureValue>
            ),
            hint: t('fact.coverage.clampedHint'),
          },
          {
            label: t('fact.coverage.incomplete'),
            value: format.count(quality.incomplete),
            hint: t('fact.coverage.incompleteHint'),
          },
          ...found.map(({ name, count }) => ({
            label: t(`fact.coverage.${name}`),
            value: format.count(count),
            hint: t(`fact.coverage.${name}Hint`),
          })),
        ]}
      />
      <p className={styles.quiet}>
        {t('fact.coverage.pushesSince')}{' '}
        <Since at={quality.knownSince.pushes} />
        {' · '}
        {t('fact.coverage.environmentsSince')}{' '}
        <Since at={quality.knownSince.incidentEnvironments} />
      </p>
    </Section>
  );
}

function Since({ at }: { at: string | null }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return at === null ? <>{t('fact.coverage.never')}</> : <Instant at={at} />;
}
