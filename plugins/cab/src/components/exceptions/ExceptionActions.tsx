import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger } from '@backstage/ui';
import type { CabException } from '@fawkes/backstage-plugin-cab-common';
import { ReasonDialog, useToast } from '@fawkes/kit-ui/states';
import { useState } from 'react';
import type { CabApi } from '../../api';
import { useExceptionCommand } from '../../hooks';
import { cabTranslationRef } from '../../translation';

const CHOICES = ['approve', 'reject'] as const;

interface Given {
  choice: (typeof CHOICES)[number] | 'end';
  reason: string;
}

function send(api: CabApi, id: string, { choice, reason }: Given) {
  const asked = { id, body: { reason } };
  switch (choice) {
    case 'approve':
      return api.approveException(asked);
    case 'reject':
      return api.rejectException(asked);
    default:
      return api.endException(asked);
  }
}

/** What the person may do with an exception; nothing where that is nothing. */
export function ExceptionActions({ exception }: { exception: CabException }) {
  const { mine, status } = exception;
  return (
    <>
      {mine.decide === null ? <Decide exception={exception} /> : null}
      {mine.end === null ? (
        <End exception={exception} isAsked={status === 'requested'} />
      ) : null}
    </>
  );
}

function Decide({ exception }: { exception: CabException }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <ReasonButton
      exception={exception}
      label={t('exception.decide')}
      explanation={t('exception.decideText')}
      question={t('exception.question')}
      choices={CHOICES.map(id => ({ id, label: t(`exception.${id}`) }))}
    />
  );
}

function End({
  exception,
  isAsked,
}: {
  exception: CabException;
  isAsked: boolean;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const label = t(isAsked ? 'exception.withdraw' : 'exception.end');
  return (
    <ReasonButton
      exception={exception}
      label={label}
      explanation={t(isAsked ? 'exception.withdrawText' : 'exception.endText')}
      choices={[{ id: 'end', label }]}
    />
  );
}

function ReasonButton({
  exception,
  label,
  explanation,
  question,
  choices,
}: {
  exception: CabException;
  label: string;
  explanation: string;
  question?: string;
  choices: Array<{ id: Given['choice']; label: string }>;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const say = useToast();
  const [isOpen, setOpen] = useState(false);
  const command = useExceptionCommand(
    (api, given: Given) => send(api, exception.id, given),
    () => {
      setOpen(false);
      say({ title: t('exception.kept') });
    },
  );
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={next => {
        command.reset();
        setOpen(next);
      }}
    >
      <Button size="small" variant="secondary">
        {label}
      </Button>
      <ReasonDialog
        title={label}
        explanation={explanation}
        question={question}
        choices={choices}
        maximum={2_000}
        action={label}
        error={command.error}
        errorTitle={t('exception.failed')}
        isSaving={command.isPending}
        onDecide={({ choice, reason }) => command.mutate({ choice, reason })}
      />
    </DialogTrigger>
  );
}
