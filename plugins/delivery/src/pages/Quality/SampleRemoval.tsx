import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CopyBlock, Section } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';

/** The one place that says how to be rid of the sample organisation. */
export function SampleRemoval() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Section
      title={t('fact.sample.title')}
      description={t('fact.sample.description')}
    >
      <CopyBlock label={t('fact.sample.command')} text="yarn story:remove" />
    </Section>
  );
}
