import { Button, DialogTrigger, Link, Popover, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiFlaskLine } from '@remixicon/react';
import { deliveryTranslationRef } from '../../translation';
import { usePaths } from '../facts/usePaths';
import overlays from '../overlays/overlays.module.css';

/** Says that numbers were invented, and how to be rid of them. @public */
export function SampleBadge() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  // The data quality page is the one place that removes the sample.
  const removal = usePaths().quality();
  return (
    <DialogTrigger>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiFlaskLine aria-hidden />}
      >
        {t('state.sample.badge')}
      </Button>
      <Popover className={overlays.note} aria-label={t('state.sample.badge')}>
        <Text as="p" variant="body-medium">
          {t('state.sample.text')}
        </Text>
        {removal ? (
          <Link href={removal}>{t('state.sample.remove')}</Link>
        ) : null}
      </Popover>
    </DialogTrigger>
  );
}
