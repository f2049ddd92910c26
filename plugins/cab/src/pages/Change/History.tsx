import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  cabChangeCommentPermission,
  type Change,
  type TimelineEntry,
} from '@fawkes/backstage-plugin-cab-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import { Instant, layout, Section } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { useTerm } from '../../components/words';
import { useCommand } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import own from './Change.module.css';

/** Everything that happened to it, the newest last, and room to say something. */
export function History({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <Section title={t('history.title')} description={t('history.text')}>
      <ol className={layout.rows} aria-label={t('history.title')}>
        {change.timeline.map(entry => (
          <li key={entry.seq}>
            <span className={layout.spread}>
              <span>
                <Actor actor={entry.actor} /> <What entry={entry} />
              </span>
              <span className={layout.small}>
                <Instant at={entry.at} /> ·{' '}
                {t('history.number', { seq: String(entry.seq) })}
              </span>
            </span>
            {entry.text ? <p className={own.text}>{entry.text}</p> : null}
          </li>
        ))}
      </ol>
      <Comment id={change.id} />
    </Section>
  );
}

function Actor({ actor }: { actor: string }) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (actor.startsWith('user:')) return <EntityName entityRef={actor} />;
  const isPipeline = actor.startsWith('service:');
  return (
    <span title={actor}>
      {t(isPipeline ? 'history.pipeline' : 'history.engine')}
    </span>
  );
}

function What({ entry: { type } }: { entry: TimelineEntry }) {
  return <>{useTerm()('event', type)}</>;
}

function Comment({ id }: { id: string }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const [text, setText] = useState('');
  const { allowed } = usePermission({ permission: cabChangeCommentPermission });
  const command = useCommand(
    (api, said: string) => api.commentChange({ id, body: { text: said } }),
    () => setText(''),
  );
  if (!allowed) return null;
  return (
    <form
      className={`${layout.stack} ${layout.narrow}`}
      onSubmit={event => {
        event.preventDefault();
        const said = text.trim();
        if (said) command.mutate(said);
      }}
    >
      <TextAreaField
        label={t('comment.label')}
        description={t('comment.hint')}
        maxLength={4_000}
        value={text}
        onChange={setText}
      />
      {command.error ? (
        <ErrorState title={t('comment.failed')} error={command.error} />
      ) : null}
      <div>
        <Button
          type="submit"
          variant="secondary"
          isDisabled={text.trim() === ''}
          isPending={command.isPending}
        >
          {t('comment.send')}
        </Button>
      </div>
    </form>
  );
}
