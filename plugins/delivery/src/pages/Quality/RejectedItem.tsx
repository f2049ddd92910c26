import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
} from '@backstage/ui';
import type { RejectedEvent } from '@fawkes/backstage-plugin-delivery-common';
import { RiRestartLine } from '@remixicon/react';
import { CopyBlock, Instant, layout, useSaid } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** Reads better indented; what is no JSON (or clipped) stays as it came. */
function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}

/** One event: the place of the fault, the reason, and the payload as it came. */
export function RejectedItem({
  event,
  isReplaying,
  onReplay,
}: {
  event: RejectedEvent;
  isReplaying: boolean;
  /** Left out when the person may not. */
  onReplay?: () => void;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  return (
    <li className={layout.item}>
      <div className={styles.itemHead}>
        <span>
          <code className={styles.code}>{event.path || '/'}</code>{' '}
          {speak(event, event.reason)}
        </span>
        {onReplay ? (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiRestartLine aria-hidden />}
            aria-label={t('fact.rejected.replayLabel', { id: event.id })}
            isDisabled={isReplaying}
            onPress={onReplay}
          >
            {t('fact.rejected.replay')}
          </Button>
        ) : null}
      </div>
      <span className={styles.quiet}>
        {event.source} · {event.channel} · <Instant at={event.receivedAt} />
      </span>
      <Accordion>
        <AccordionTrigger title={t('fact.rejected.payload')} />
        <AccordionPanel>
          <CopyBlock
            label={t('fact.rejected.payload')}
            text={pretty(event.payload)}
          />
        </AccordionPanel>
      </Accordion>
    </li>
  );
}
