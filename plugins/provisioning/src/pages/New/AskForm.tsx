import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { EmptyState } from '@fawkes/kit-ui/states';
import { useEffect, useRef, useState } from 'react';
import { Refused } from '../../components/access';
import {
  Cards,
  NameField,
  OwnerField,
  RepositoryFields,
  specOf,
  SpecFields,
  useFaultWords,
  type Draft,
  type Faults,
  type RepositoryChoice,
  type Template,
} from '../../components/form';
import { FieldFault } from '../../components/form';
import { provisioningTranslationRef } from '../../translation';
import styles from './New.module.css';

/** What {@link AskForm} takes. */
export interface AskFormProps {
  templates: readonly Template[];
  hosts: readonly RepositoryChoice[];
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
  isPlanning: boolean;
  /** It was begun anew, by a button that is gone. */
  takesFocus: boolean;
  /** Why there is no plan. */
  error: unknown;
  /** Sends it; answers what is wrong with it. */
  onPlan: () => Faults;
}

/** What shall be made. What is wrong is said once one has tried to go on. */
export function AskForm({
  templates,
  hosts,
  draft,
  onChange,
  isPlanning,
  takesFocus,
  error,
  onPlan,
}: AskFormProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const template = templates.find(({ name }) => name === draft.template);
  const faults = tries > 0 ? specOf(draft, template).faults : {};
  const wordsOf = useFaultWords(faults);
  const count = Object.keys(faults).length;

  useEffect(() => {
    // One who pressed the button at the end is led to the first thing to mend.
    if (tries === 0) return;
    form.current
      ?.querySelector<HTMLElement>(
        'fieldset[data-invalid] input:enabled, [aria-invalid="true"], [data-invalid] button',
      )
      ?.focus();
  }, [tries]);

  useEffect(() => {
    if (takesFocus) {
      form.current?.querySelector<HTMLElement>('input:enabled')?.focus();
    }
  }, [takesFocus]);

  if (templates.length === 0) {
    return (
      <EmptyState
        headingLevel="h2"
        title={t('new.noTemplates')}
        description={t('new.noTemplatesText')}
      />
    );
  }
  return (
    <form
      ref={form}
      className={styles.form}
      // Says what is wrong itself, in the language of the app.
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (Object.keys(onPlan()).length > 0) setTries(now => now + 1);
      }}
    >
      <Cards
        name="template"
        label={t('form.template')}
        error={wordsOf('template')}
        value={draft.template}
        choices={templates.map(each => ({
          id: each.name,
          title: each.title,
          text: (
            <>
              {each.description}
              <br />
              {t(`type.${each.type}`)} · Node.js · {each.version}
            </>
          ),
        }))}
        onChange={id => onChange({ template: id })}
      />
      <NameField
        value={draft.name}
        owner={draft.owner}
        language={template?.language ?? 'node'}
        error={wordsOf('name')}
        onChange={name => onChange({ name })}
      />
      <OwnerField
        value={draft.owner}
        error={wordsOf('owner')}
        onChange={owner => onChange({ owner })}
      />
      <SpecFields draft={draft} faults={faults} onChange={onChange} />
      <RepositoryFields
        draft={draft}
        faults={faults}
        hosts={hosts}
        onChange={onChange}
      />
      <Refused error={error} title={t('new.planFailed')} />
      <div className={styles.buttons}>
        <Button type="submit" variant="primary" isPending={isPlanning}>
          {t('new.plan')}
        </Button>
        <span>{t('new.planText')}</span>
      </div>
      <FieldFault>
        {count > 0 ? t('form.faults', { count }) : undefined}
      </FieldFault>
    </form>
  );
}
