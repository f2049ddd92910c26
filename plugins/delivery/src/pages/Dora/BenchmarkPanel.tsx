import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Link,
  Select,
  Text,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  benchmarkCode,
  BENCHMARKS,
  type MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import type { DeliveryView } from '../../components/filters';
import { useSaid } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import { BenchmarkFigure } from './BenchmarkFigure';
import styles from './Dora.module.css';

const SOURCE_URL = 'https://dora.dev/quickcheck/';
const LICENCE_URL = 'https://creativecommons.org/licenses/by/4.0/';
const EDITIONS = ['2025', '2024'] as const;
const ALL = 'all';

interface BenchmarkPanelProps {
  answer: MetricsResponse;
  view: DeliveryView;
  onChange: (patch: Partial<DeliveryView>) => void;
}

/** One's own score beside what DORA's survey found. */
export function BenchmarkPanel({
  answer,
  view,
  onChange,
}: BenchmarkPanelProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const { benchmark } = answer;
  const { industries, sizes } = BENCHMARKS[view.edition];
  const option =
    (what: 'industry' | 'size') =>
    ({ key, name }: { key: string; name: string }) => ({
      id: key,
      label: speak({ code: benchmarkCode(what, key) }, name),
    });
  return (
    <section className={styles.section} aria-label={t('benchmark.title')}>
      <div
        className={styles.selectors}
        role="group"
        aria-label={t('benchmark.title')}
      >
        <Select
          label={t('benchmark.edition')}
          options={EDITIONS.map(edition => ({ id: edition, label: edition }))}
          selectedKey={view.edition}
          onSelectionChange={key => {
            const edition = EDITIONS.find(each => each === key);
            // Groups are cut differently from edition to edition.
            if (edition) onChange({ edition, industry: ALL, size: undefined });
          }}
        />
        <Select
          label={t('benchmark.industry')}
          options={industries.map(option('industry'))}
          selectedKey={view.industry}
          onSelectionChange={key => {
            if (key) onChange({ industry: String(key), size: undefined });
          }}
        />
        <Select
          label={t('benchmark.size')}
          options={[
            { id: ALL, label: t('benchmark.anySize') },
            ...sizes.filter(({ key }) => key !== ALL).map(option('size')),
          ]}
          selectedKey={view.size ?? ALL}
          onSelectionChange={key => {
            const size = key && key !== ALL ? String(key) : undefined;
            onChange({ size, industry: size ? ALL : view.industry });
          }}
        />
        <Text as="p" variant="body-small" color="secondary">
          {t('benchmark.either')}
        </Text>
      </div>
      <BenchmarkFigure benchmark={benchmark} />
      <Accordion>
        <AccordionTrigger level={3} title={t('benchmark.meaning.title')} />
        <AccordionPanel>
          <Text as="p">{t('benchmark.meaning.times')}</Text>
          <Text as="p">{t('benchmark.meaning.rates')}</Text>
          <Text as="p">{t('benchmark.meaning.overall')}</Text>
        </AccordionPanel>
      </Accordion>
      <Text as="p" variant="body-small" color="secondary">
        {t('benchmark.source')}:{' '}
        <Link href={SOURCE_URL} target="_blank" rel="noopener">
          {benchmark.attribution}
        </Link>
        ,{' '}
        <Link href={LICENCE_URL} target="_blank" rel="noopener">
          {t('benchmark.licence')}
        </Link>
      </Text>
    </section>
  );
}
