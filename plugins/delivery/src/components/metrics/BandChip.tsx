import { Button, Tooltip, TooltipTrigger, VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Band } from '@fawkes/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import type { DeliveryView } from '../filters';
import styles from './metrics.module.css';

const STEPS: Readonly<Record<Band, number>> = {
  low: 1,
  medium: 2,
  high: 3,
  elite: 4,
};

/** As wide as its text wherever it stands (see overlays.module.css); a Tooltip takes no class. */
const WIDTH = { width: 'max-content' };

function Bars({ band }: { band: Band }) {
  return (
    <svg width={14} height={12} viewBox="0 0 14 12" aria-hidden>
      {[1, 2, 3, 4].map(step => (
        <rect
          key={step}
          x={(step - 1) * 3.6}
          y={12 - step * 3}
          width={2.6}
          height={step * 3}
          className={styles.bar}
          data-on={step <= STEPS[band]}
        />
      ))}
    </svg>
  );
}

/** @public */
export interface BandChipProps {
  band: Band;
  /** The threshold table it was read from. */
  table: DeliveryView['bands'];
  /** Only the sign, for places with many of them; its words are still said. */
  sign?: boolean;
}

/** A level of a threshold table, which is named with its year. @public */
export function BandChip({ band, table, sign }: BandChipProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const name = t(`band.${band}`);
  const text = t(table === 'custom' ? 'band.tooltipCustom' : 'band.tooltip', {
    band: name,
    table: t(`band.table.${table}`),
  });
  if (sign) {
    return (
      <span className={styles.band} title={text}>
        <Bars band={band} />
        <VisuallyHidden>{name}</VisuallyHidden>
      </span>
    );
  }
  return (
    <TooltipTrigger>
      <Button
        size="small"
        variant="tertiary"
        aria-label={text}
        className={styles.chip}
      >
        <span className={styles.band}>
          <Bars band={band} />
          {name}
        </span>
      </Button>
      <Tooltip style={WIDTH}>{text}</Tooltip>
    </TooltipTrigger>
  );
}
