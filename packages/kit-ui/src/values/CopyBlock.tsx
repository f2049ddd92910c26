import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import { kitUiTranslationRef } from '../translation';
import { ScrollBox } from './ScrollBox';
import styles from './values.module.css';

/** Text to take along: a command, an annotation. @public */
export function CopyBlock({ label, text }: { label: string; text: string }) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const [told, setTold] = useState('');

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold(t('copy.done'));
    } catch {
      // No clipboard without HTTPS or a permission.
      setTold(t('copy.failed'));
    }
  };

  return (
    <div className={styles.copy}>
      <ScrollBox label={label}>
        <pre className={styles.code}>
          <code>{text}</code>
        </pre>
      </ScrollBox>
      <div className={styles.copyActions}>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiFileCopyLine aria-hidden />}
          aria-label={t('copy.label', { what: label })}
          onPress={copy}
        >
          {t('copy.button')}
        </Button>
        <span role="status" className={styles.told}>
          {told}
        </span>
      </div>
    </div>
  );
}
