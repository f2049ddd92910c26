import { useState } from 'react';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  DialogTrigger,
  Popover,
  SearchField,
  Text,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiArrowDownSLine, RiFocus3Line } from '@remixicon/react';
import { deliveryTranslationRef } from '../../translation';
import { useDebounced } from './useDebounced';
import {
  useScopeSearch,
  useScopeTitles,
  type ScopeOption,
} from './useScopeEntities';
import overlays from '../overlays/overlays.module.css';
import styles from './filters.module.css';

/** @public */
export interface ScopePickerProps {
  /** Entity refs; none = everything. */
  value: readonly string[];
  onChange: (scope: string[]) => void;
}

/** Chosen entities first, then what was found. */
function merged(chosen: ScopeOption[], found: ScopeOption[]): ScopeOption[] {
  const refs = new Set(chosen.map(({ ref }) => ref));
  return [...chosen, ...found.filter(({ ref }) => !refs.has(ref))];
}

/** Chooses components, systems, domains and groups, or everything. @public */
export function ScopePicker({ value, onChange }: ScopePickerProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const [term, setTerm] = useState('');
  const rested = useDebounced(term, 200);
  const found = useScopeSearch(rested, isOpen);
  const titles = useScopeTitles(value);
  const chosen = value.map(
    ref =>
      titles.data?.find(option => option.ref === ref) ?? {
        ref,
        title: ref,
        kind: ref.split(':')[0],
      },
  );
  let label: string = t('filter.scope.everything');
  if (chosen.length === 1) label = chosen[0].title;
  if (chosen.length > 1) {
    label = t('filter.scope.several', {
      first: chosen[0].title,
      number: String(chosen.length - 1),
    });
  }
  const options = merged(term ? [] : chosen, found.data?.options ?? []);
  const more = (found.data?.total ?? 0) - (found.data?.options.length ?? 0);

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        variant="secondary"
        iconStart={<RiFocus3Line aria-hidden />}
        iconEnd={<RiArrowDownSLine aria-hidden />}
        aria-label={t('filter.scope.button', { scope: label })}
        className={styles.trigger}
      >
        {label}
      </Button>
      <Popover
        placement="bottom start"
        className={overlays.panel}
        aria-label={t('filter.scope.title')}
      >
        <div className={styles.picker}>
          <SearchField
            aria-label={t('filter.scope.search')}
            placeholder={t('filter.scope.search')}
            value={term}
            onChange={setTerm}
          />
          <Button
            size="small"
            variant="tertiary"
            isDisabled={value.length === 0}
            onPress={() => onChange([])}
          >
            {t('filter.scope.reset')}
          </Button>
          <CheckboxGroup
            aria-label={t('filter.scope.title')}
            value={[...value]}
            onChange={onChange}
            className={styles.options}
          >
            {options.map(({ ref, title, kind }) => (
              <Checkbox key={ref} value={ref}>
                {title} <span className={styles.kind}>{kind}</span>
              </Checkbox>
            ))}
          </CheckboxGroup>
          <Text as="p" variant="body-small" color="secondary" role="status">
            {found.isError ? t('filter.scope.failed') : null}
            {found.isSuccess && options.length === 0
              ? t('filter.scope.none')
              : null}
            {more > 0 ? t('filter.scope.more', { number: String(more) }) : null}
          </Text>
        </div>
      </Popover>
    </DialogTrigger>
  );
}
