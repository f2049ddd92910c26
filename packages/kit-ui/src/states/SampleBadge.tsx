import { Button, DialogTrigger, Link, Popover, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiFlaskLine } from '@remixicon/react';
import { kitUiTranslationRef } from '../translation';
import { overlays } from '../values';

/** Says that numbers were invented, and how to be rid of them. @public */
export function SampleBadge({
  removeHref,
}: {
  /** The page that says how to remove it. */
  removeHref?: string;
}) {
  const { t } = useTranslationRef(kitUiTranslationRef);
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
        {removeHref ? (
          <Link href={removeHref}>{t('state.sample.remove')}</Link>
        ) : null}
      </Popover>
    </DialogTrigger>
  );
}
