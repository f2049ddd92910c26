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
import { kitUiTranslationRef } from '../translation';
import { useDebounced } from './useDebounced';
import { overlays, ScrollBox } from '../values';
import { useEntityTitles } from '../query/useEntityTitles';
import { useScopeSearch, type ScopeOption } from './useScopeEntities';
import styles from './filters.module.css';

/** What {@link ScopePicker} takes. @public */
export interface ScopePickerProps {
  /** Entity refs; none = everything. */
  value: readonly string[];
  /** Entity refs; none = everything. */
  onChange: (scope: string[]) => void;
  /** Kinds one can choose from; everything that has an owner or is one. */
  kinds?: readonly string[];
}

const KINDS = ['Component', 'System', 'Domain', 'Group'];

/** Chosen entities first, then what was found. */
function merged(chosen: ScopeOption[], found: ScopeOption[]): ScopeOption[] {
  const refs = new Set(chosen.map(({ ref }) => ref));
  return [...chosen, ...found.filter(({ ref }) => !refs.has(ref))];
}

/** Chooses entities of the catalog, or everything. @public */
export function ScopePicker({
  value,
  onChange,
  kinds = KINDS,
}: ScopePickerProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const [term, setTerm] = useState('');
  const rested = useDebounced(term, 200);
  const found = useScopeSearch(rested, kinds, isOpen);
  const titleOf = useEntityTitles(value);
  const chosen = value.map(ref => ({
    ref,
    title: titleOf(ref),
    kind: ref.split(':')[0],
  }));
  let label: string = t('scope.everything');
  if (chosen.length === 1) label = chosen[0].title;
  if (chosen.length > 1) {
    label = t('scope.several', {
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
        aria-label={t('scope.button', { scope: label })}
        className={styles.trigger}
      >
        {label}
      </Button>
      <Popover
        placement="bottom start"
        className={overlays.panel}
        aria-label={t('scope.title')}
      >
        <div className={styles.picker}>
          <SearchField
            aria-label={t('scope.search')}
            placeholder={t('scope.search')}
            value={term}
            onChange={setTerm}
          />
          <Button
            size="small"
            variant="tertiary"
            isDisabled={value.length === 0}
            onPress={() => onChange([])}
          >
            {t('scope.reset')}
          </Button>
          <ScrollBox label={t('scope.title')} maxHeight="18rem">
            <CheckboxGroup
              aria-label={t('scope.title')}
              value={[...value]}
              onChange={onChange}
            >
              {options.map(({ ref, title, kind }) => (
                <Checkbox key={ref} value={ref}>
                  {title} <span className={styles.kind}>{kind}</span>
                </Checkbox>
              ))}
            </CheckboxGroup>
          </ScrollBox>
          <Text as="p" variant="body-small" color="secondary" role="status">
            {found.isError ? t('scope.failed') : null}
            {found.isSuccess && options.length === 0 ? t('scope.none') : null}
            {more > 0 ? t('scope.more', { number: String(more) }) : null}
          </Text>
        </div>
      </Popover>
    </DialogTrigger>
  );
}
