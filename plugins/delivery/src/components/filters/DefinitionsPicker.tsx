import { Button, DialogTrigger, Popover, Select, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SWITCHES } from '@fawkes/backstage-plugin-delivery-common';
import { RiSettings3Line } from '@remixicon/react';
import { deliveryTranslationRef } from '../../translation';
import { DEFAULT_VIEW, type DeliveryView } from './deliveryView';
import { overlays } from '@fawkes/kit-ui/values';
import styles from './filters.module.css';

type Switch = keyof typeof SWITCHES;
const NAMES = Object.keys(SWITCHES) as Switch[];

/** @public */
export interface DefinitionsPickerProps {
  value: Pick<DeliveryView, Switch>;
  onChange: (patch: Partial<DeliveryView>) => void;
}

/** What counts as a change, where its time starts, which bands. @public */
export function DefinitionsPicker({ value, onChange }: DefinitionsPickerProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const changed = NAMES.filter(name => value[name] !== DEFAULT_VIEW[name]);
  return (
    <DialogTrigger>
      <Button variant="secondary" iconStart={<RiSettings3Line aria-hidden />}>
        {changed.length === 0
          ? t('filter.definitions.button')
          : t('filter.definitions.changed', {
              number: String(changed.length),
            })}
      </Button>
      <Popover
        className={overlays.panel}
        aria-label={t('filter.definitions.button')}
      >
        <div className={styles.picker}>
          <Text as="p" variant="body-small" color="secondary">
            {t('filter.definitions.text')}
          </Text>
          {NAMES.map(name => (
            <Select
              key={name}
              label={t(`filter.definitions.${name}`)}
              options={SWITCHES[name].map((each: string) => ({
                id: each,
                label: t(
                  `filter.definitions.${name}.${each}` as 'filter.definitions.unit.commit',
                ),
              }))}
              selectedKey={value[name]}
              onSelectionChange={key => {
                if (key) onChange({ [name]: String(key) });
              }}
            />
          ))}
        </div>
      </Popover>
    </DialogTrigger>
  );
}
