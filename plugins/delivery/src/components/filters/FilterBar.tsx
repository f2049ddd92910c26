import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import { ScopePicker, WindowPicker, ZonePicker } from '@fawkes/kit-ui/filters';
import { screenOnly } from '@fawkes/kit-ui/states';
import { deliveryTranslationRef } from '../../translation';
import { DefinitionsPicker } from './DefinitionsPicker';
import { changedIn, type DeliveryView } from './deliveryView';
import { windowOf, zoneOf } from './viewQuery';
import styles from './filters.module.css';

/** @public */
export interface FilterBarProps {
  view: DeliveryView;
  onChange: (patch: Partial<DeliveryView>) => void;
  /** ms since the epoch. */
  now: number;
  /** The scope is given by the page, e.g. by an entity. */
  hideScope?: boolean;
  /** Buttons at the end of the bar. */
  actions?: ReactNode;
}

/** The one filter bar of a page. @public */
export function FilterBar({
  view,
  onChange,
  now,
  hideScope,
  actions,
}: FilterBarProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { scope: everything, ...others } = changedIn(view);
  // A scope that the page gives is not the person's to take back.
  const reset =
    hideScope || !everything ? others : { ...others, scope: everything };
  return (
    <div role="group" aria-label={t('filter.title')} className={styles.bar}>
      {hideScope ? null : (
        <ScopePicker
          value={view.scope}
          onChange={scope => onChange({ scope })}
        />
      )}
      <WindowPicker
        value={view.window}
        dates={windowOf(view, now)}
        onChange={window => onChange({ window })}
      />
      <ZonePicker value={zoneOf(view)} onChange={tz => onChange({ tz })} />
      <DefinitionsPicker value={view} onChange={onChange} />
      {Object.keys(reset).length > 0 ? (
        <Button variant="tertiary" onPress={() => onChange(reset)}>
          {t('filter.reset')}
        </Button>
      ) : null}
      {actions ? (
        <div className={`${styles.barActions} ${screenOnly}`}>{actions}</div>
      ) : null}
    </div>
  );
}
