import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { layout, useFormat, useNow } from '@fawkes/kit-ui/values';
import { RiRefreshLine } from '@remixicon/react';
import { provisioningTranslationRef } from '../../translation';

/** Older than this a plan says that it is old, ms. */
const OLD_MS = 10 * 60_000;

/** When the plan was made; an old one says so. Looking again is always possible. */
export function PlanAge({
  asOf,
  isLooking,
  onLookAgain,
}: {
  asOf: string;
  isLooking: boolean;
  onLookAgain: () => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const format = useFormat();
  const now = useNow(10_000);
  const at = Date.parse(asOf);
  // Clocks differ: what is a moment in the future here is "now".
  const ago = format.ago(asOf, new Date(Math.max(now, at)).toISOString());
  const again = (
    <Button
      size="small"
      variant="secondary"
      iconStart={<RiRefreshLine aria-hidden />}
      isPending={isLooking}
      onPress={onLookAgain}
    >
      {t('plan.again')}
    </Button>
  );
  if (now - at < OLD_MS) {
    return (
      <div className={layout.row}>
        <span className={layout.quiet} title={format.exactInstant(asOf)}>
          {t('plan.asOf', { ago })}
        </span>
        {again}
      </div>
    );
  }
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('plan.old', { ago })}
      description={t('plan.oldText')}
      customActions={again}
    />
  );
}
