import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  CabException,
  ExceptionStatus,
} from '@fawkes/backstage-plugin-cab-common';
import { EntityName } from '@fawkes/kit-ui/query';
import {
  Instant,
  layout,
  StateLabel,
  useFormat,
  useMinute,
  type Tone,
} from '@fawkes/kit-ui/values';
import type { ReactNode } from 'react';
import { cabTranslationRef } from '../../translation';
import { ExceptionActions } from './ExceptionActions';
import styles from './exceptions.module.css';

const TONES: Record<ExceptionStatus, Tone> = {
  requested: 'waiting',
  upcoming: 'waiting',
  active: 'care',
  expired: 'over',
  ended: 'over',
  rejected: 'bad',
  withdrawn: 'over',
};

/** What {@link ExceptionItem} takes. */
export interface ExceptionItemProps {
  exception: CabException;
  /** What it is of is known where it stands, e.g. on the page of a change. */
  hidesEntity?: boolean;
  /** What else can be done with it there. */
  children?: ReactNode;
}

/** One exception: what for, until when, why, what is done instead, who said so. */
export function ExceptionItem({
  exception,
  hidesEntity = false,
  children,
}: ExceptionItemProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  const { entity, environment, waives, finding, status, extension } = exception;
  const { decided, ended } = exception;
  return (
    <li className={layout.item}>
      <span className={layout.spread}>
        <StateLabel tone={TONES[status]}>
          <strong>
            {t(`exception.waives.${waives}`, { finding: finding ?? '' })}
          </strong>
          : {t(`exception.status.${status}`)}
        </StateLabel>
        <Until exception={exception} />
      </span>
      {hidesEntity ? null : (
        <span className={layout.small}>
          <EntityName entityRef={entity.ref} /> · {environment}
        </span>
      )}
      <p className={styles.text}>
        {exception.justification ?? t('exception.erased')}
      </p>
      <Controls exception={exception} />
      <span className={layout.small}>
        {t('exception.requested')}{' '}
        <EntityName entityRef={exception.requester} /> ·{' '}
        <Instant at={exception.requestedAt} />
        {extension > 0
          ? ` · ${t('exception.extension', { number: String(extension) })}`
          : null}
      </span>
      {decided ? (
        <span className={layout.small}>
          {t(
            status === 'rejected' ? 'exception.rejected' : 'exception.approved',
          )}{' '}
          <EntityName entityRef={decided.by} /> · <Instant at={decided.at} />
          {decided.reason ? ` · ${decided.reason}` : null}
        </span>
      ) : null}
      {ended ? (
        <span className={layout.small}>
          {t('exception.ended')} <EntityName entityRef={ended.by} /> ·{' '}
          <Instant at={ended.at} />
          {ended.reason ? ` · ${ended.reason}` : null}
        </span>
      ) : null}
      <span className={layout.row}>
        {children}
        <ExceptionActions exception={exception} />
      </span>
    </li>
  );
}

/** When it ends, and how soon that is while it holds. */
function Until({
  exception: { status, expiresAt, startsAt },
}: {
  exception: CabException;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const format = useFormat();
  const now = new Date(useMinute()).toISOString();
  const isOpen = ['requested', 'upcoming', 'active'].includes(status);
  return (
    <span className={layout.small}>
      {status === 'upcoming' ? (
        <>
          {t('exception.from')} <Instant at={startsAt} />{' '}
        </>
      ) : null}
      {t('exception.until')} <Instant at={expiresAt} />
      {isOpen
        ? ` · ${t('exception.ends', { when: format.ago(expiresAt, now) })}`
        : null}
    </span>
  );
}

function Controls({ exception: { controls } }: { exception: CabException }) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (controls.length === 0) return null;
  return (
    <details>
      <summary className={layout.small}>
        {t('exception.controls', { count: controls.length })}
      </summary>
      <ul className={layout.points}>
        {controls.map(({ text, owner, verification }) => (
          <li key={`${owner} ${text}`}>
            {text} – <EntityName entityRef={owner} />; {t('exception.seenBy')}{' '}
            {verification}
          </li>
        ))}
      </ul>
    </details>
  );
}
