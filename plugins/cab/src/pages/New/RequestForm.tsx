import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  ButtonLink,
  Checkbox,
  Select,
  Text,
  TextField,
} from '@backstage/ui';
import type { EnvironmentsResponse } from '@fawkes/backstage-plugin-cab-common';
import { EmptyState, ErrorState, useToast } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useNavigate } from 'react-router-dom';
import { usePaths } from '../../components/paths';
import {
  faultsOf,
  FieldFault,
  planOf,
  PlanFields,
  useFirstFault,
} from '../../components/plan';
import { cabTranslationRef } from '../../translation';
import own from './New.module.css';
import { PreviewPanel } from './PreviewPanel';
import { useDraft } from './useDraft';
import { twinOf, useSend, type Sent } from './useSend';

/** What {@link RequestForm} takes. */
export interface RequestFormProps {
  entityRef: string;
  environments: EnvironmentsResponse['items'];
}

/** What shall be shipped where, with what its risk would be beside it. */
export function RequestForm({ entityRef, environments }: RequestFormProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const say = useToast();
  const { draft, change, forget, isEmpty } = useDraft(entityRef);
  const send = useSend();
  const { form, tried, onFault } = useFirstFault();
  const chosen = environments.find(({ name }) => name === draft.environment);
  // One that is no longer listed is none.
  const known = { ...draft, environment: chosen ? draft.environment : '' };
  const faults = faultsOf(known, true);
  const shown = tried ? faults : [];
  const lacks = (chosen?.missingEvidence.length ?? 0) > 0;
  const twin = twinOf(send.error);
  const twinHref = twin ? paths.change(twin) : undefined;

  const onSent = (sent: Sent) => {
    forget();
    if (!sent.submitted) {
      say(
        sent.error === undefined
          ? { title: t('form.draft') }
          : { title: t('change.submitFailed'), status: 'danger' },
      );
    }
    const href = paths.change(sent.id);
    if (href) navigate(href);
  };

  if (environments.length === 0) {
    return (
      <EmptyState
        headingLevel="h2"
        title={t('form.noEnvironments')}
        description={t('form.noEnvironmentsText')}
      />
    );
  }
  return (
    <div className={own.beside}>
      <form
        ref={form}
        className={layout.fields}
        // Says what is wrong itself, in the language of the app.
        noValidate
        onSubmit={event => {
          event.preventDefault();
          if (faults.length > 0) {
            onFault();
            return;
          }
          send.mutate(
            {
              body: {
                entityRef,
                environment: known.environment,
                headSha: known.headSha.trim(),
                ...(known.emergency && { type: 'emergency' as const }),
                ...planOf(known),
              },
              // What asks for evidence is submitted once it is there.
              submits: !lacks,
            },
            { onSuccess: onSent },
          );
        }}
      >
        <div className={layout.tight}>
          <Select
            label={t('form.environment')}
            isRequired
            secondaryLabel={t('form.required')}
            placeholder={t('form.environmentChoose')}
            options={environments.map(({ name, environmentClass }) => ({
              id: name,
              label:
                name === environmentClass
                  ? name
                  : `${name} (${t(`class.${environmentClass}`)})`,
            }))}
            value={known.environment || null}
            isInvalid={shown.includes('environment')}
            onChange={key => change({ environment: String(key ?? '') })}
          />
          <FieldFault when={shown.includes('environment')}>
            {t('form.fault.environment')}
          </FieldFault>
          {chosen && !chosen.gated ? (
            <Text as="p" variant="body-small" color="secondary">
              {t('form.notGated', { environment: chosen.name })}
            </Text>
          ) : null}
        </div>
        <div className={layout.tight}>
          <TextField
            label={t('form.sha')}
            description={t('form.shaHint')}
            isRequired
            secondaryLabel={t('form.required')}
            validationBehavior="aria"
            maxLength={64}
            autoComplete="off"
            spellCheck="false"
            value={draft.headSha}
            isInvalid={shown.includes('headSha')}
            onChange={headSha => change({ headSha })}
          />
          <FieldFault when={shown.includes('headSha')}>
            {t('form.fault.headSha')}
          </FieldFault>
        </div>
        <PlanFields draft={draft} faults={shown} onChange={change} />
        <div className={layout.tight}>
          <Checkbox
            isSelected={draft.emergency}
            onChange={emergency => change({ emergency })}
          >
            {t('form.emergency')}
          </Checkbox>
          {draft.emergency ? (
            <Text as="p" variant="body-small" color="secondary">
              {t('form.emergencyText')}
            </Text>
          ) : null}
        </div>
        {send.error ? (
          <div className={layout.stack}>
            <ErrorState title={t('form.failed')} error={send.error} />
            {twinHref ? (
              <div>
                <ButtonLink size="small" variant="secondary" href={twinHref}>
                  {t('form.twin')}
                </ButtonLink>
              </div>
            ) : null}
          </div>
        ) : null}
        <div className={layout.row}>
          <Button type="submit" variant="primary" isPending={send.isPending}>
            {t(lacks ? 'form.sendDraft' : 'form.send')}
          </Button>
          {isEmpty ? null : (
            <Button variant="tertiary" onPress={forget}>
              {t('form.forget')}
            </Button>
          )}
        </div>
        <Text as="p" variant="body-small" color="secondary">
          {t('form.sendText')} {t('form.kept')}
        </Text>
      </form>
      <PreviewPanel
        entityRef={entityRef}
        environment={known.environment}
        draft={known}
      />
    </div>
  );
}
