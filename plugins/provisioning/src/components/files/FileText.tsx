import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PlannedFile } from '@fawkes/backstage-plugin-provisioning-common';
import { ScrollBox, useFormat } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import styles from './files.module.css';
import { formatBytes } from './formatBytes';

/** One file: what it is called, how large, whether it can be run, and its text. */
export function FileText({ file }: { file: PlannedFile }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { locale } = useFormat();
  const { path, mode, size, sha256, content, omitted } = file;
  return (
    <div className={styles.view}>
      <span className={styles.head}>
        <span className={styles.path}>{path}</span>
        <span className={styles.fact}>{formatBytes(size, locale)}</span>
        <span className={styles.fact}>
          {mode} {t(mode === '755' ? 'files.runs' : 'files.plain')}
        </span>
        <span className={styles.fact} title={sha256}>
          SHA-256 {sha256.slice(0, 12)}
        </span>
      </span>
      {content === null ? (
        <p>{t(omitted === 'large' ? 'files.large' : 'files.binary')}</p>
      ) : (
        <ScrollBox label={t('files.text', { path })} maxHeight="32rem">
          <pre className={styles.text}>
            <code>{content}</code>
          </pre>
        </ScrollBox>
      )}
    </div>
  );
}
