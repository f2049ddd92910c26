import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LogsResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { ScrollBox, useFormat } from '@fawkes/kit-ui/values';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { useEffect, useRef } from 'react';
import { type LogOf, useLog } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { Answer } from '../installed';
import styles from './log.module.css';

/** How near the end one has to be for new lines to be followed, px. */
const NEAR = 48;

/** Lines of a log as they come; who reads further up is left where they are. */
export function LogView({ of, label }: { of: LogOf; label: string }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Answer
      query={useLog(of)}
      skeleton={<TableSkeleton rows={3} label={t('log.loading')} />}
      errorTitle={t('log.failed')}
    >
      {log => <Lines log={log} label={label} />}
    </Answer>
  );
}

function Lines({ log, label }: { log: LogsResponse; label: string }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { locale } = useFormat();
  const list = useRef<HTMLOListElement>(null);
  const follows = useRef(true);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });

  useEffect(() => {
    const box = list.current?.parentElement;
    if (!box) return undefined;
    if (follows.current) box.scrollTop = box.scrollHeight;
    const look = () => {
      follows.current =
        box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    };
    box.addEventListener('scroll', look, { passive: true });
    return () => box.removeEventListener('scroll', look);
  }, [log.lines]);

  return (
    <>
      {log.cut ? <p className={styles.note}>{t('log.cut')}</p> : null}
      {log.lines.length > 0 ? (
        <ScrollBox label={label} maxHeight="20rem">
          <ol className={styles.lines} ref={list}>
            {log.lines.map((line, index) => (
              <li
                key={`${line.at}:${index}`}
                className={styles.line}
                data-stream={line.stream}
              >
                <span className={styles.time}>
                  {time.format(new Date(line.at))}
                </span>
                <span className={styles.stream}>
                  {t(`log.stream.${line.stream}`)}
                </span>
                <span className={styles.text}>{line.text}</span>
              </li>
            ))}
          </ol>
        </ScrollBox>
      ) : null}
      <p className={styles.note}>
        {log.lines.length === 0 && log.ended ? t('log.empty') : null}
        {log.lines.length === 0 && !log.ended ? t('log.waiting') : null}
        {log.lines.length > 0
          ? t(log.ended ? 'log.ended' : 'log.follows')
          : null}
      </p>
    </>
  );
}
