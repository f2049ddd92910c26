import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, TextAreaField, TextField } from '@backstage/ui';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { useRevoke } from '../../hooks';
import { dojoTranslationRef } from '../../translation';

/** The shortest reason that is one. */
const SHORTEST = 10;

/** Proposes to take back the award of a certificate, named by its address or id. */
export function Propose() {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { propose } = useRevoke();
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const credential = idIn(address);
  const given = reason.trim();
  const faults = [
    credential ? null : t('propose.noId'),
    given.length < SHORTEST ? t('propose.noReason') : null,
  ].filter(fault => fault !== null);
  const send = () => {
    setTried(true);
    if (!credential || faults.length > 0) return;
    propose.mutate(
      { credential, reason: given },
      {
        onSuccess: () => {
          setAddress('');
          setReason('');
          setTried(false);
        },
      },
    );
  };
  return (
    <Section title={t('propose.title')} description={t('propose.text')}>
      <form
        className={layout.stack}
        noValidate
        onSubmit={event => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          label={t('propose.credential')}
          description={t('propose.credentialHint')}
          value={address}
          onChange={setAddress}
          isInvalid={tried && !credential}
          autoComplete="off"
        />
        <TextAreaField
          label={t('propose.reason')}
          description={t('propose.reasonHint')}
          maxLength={1_000}
          value={reason}
          onChange={setReason}
          isInvalid={tried && given.length < SHORTEST}
        />
        {tried && faults.length > 0 ? (
          <p role="alert" className={layout.invalid}>
            {faults.join(' ')}
          </p>
        ) : null}
        {propose.isError ? (
          <ErrorState title={t('revocations.notKept')} error={propose.error} />
        ) : null}
        {propose.isSuccess ? <p role="status">{t('propose.done')}</p> : null}
        <div>
          <Button type="submit" variant="primary" isPending={propose.isPending}>
            {t('propose.do')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** The id of a certificate in its address, or by itself. */
function idIn(text: string): string | undefined {
  return /(?:^|\/)([0-9a-f]{32})(?:[?#].*)?$/i.exec(text.trim())?.[1];
}
