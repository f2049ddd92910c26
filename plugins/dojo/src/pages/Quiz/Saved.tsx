import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useFormat } from '@fawkes/kit-ui/values';
import {
  RiCheckLine,
  RiErrorWarningLine,
  RiLoader4Line,
  RiSave3Line,
} from '@remixicon/react';
import { dojoTranslationRef } from '../../translation';
import styles from './Quiz.module.css';
import type { SaveState } from './useAutosave';

const ICONS = {
  nothing: RiSave3Line,
  saving: RiLoader4Line,
  saved: RiCheckLine,
  failed: RiErrorWarningLine,
};

/** Whether what was answered is safe. */
export function Saved({
  state,
  savedAt,
}: {
  state: SaveState;
  savedAt: string | null;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const format = useFormat();
  const Icon = ICONS[state];
  const texts: Record<SaveState, string> = {
    nothing: t('run.nothing'),
    saving: t('run.saving'),
    saved: t('run.savedAt', { time: savedAt ? format.instant(savedAt) : '' }),
    failed: t('run.notSaved'),
  };
  return (
    <span className={styles.saved} data-state={state} role="status">
      <Icon aria-hidden size={18} />
      {texts[state]}
    </span>
  );
}
