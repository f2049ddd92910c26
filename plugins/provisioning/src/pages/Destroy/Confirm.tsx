import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox, TextField } from '@backstage/ui';
import type {
  Allowance,
  ProvisioningRequest,
} from '@fawkes/backstage-plugin-provisioning-common';
import { layout, Section } from '@fawkes/kit-ui/values';
import { RiDeleteBin6Line } from '@remixicon/react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Refused, WhyNotText } from '../../components/access';
import { usePaths } from '../../components/paths';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** The name, typed; and for the platform group, whether it goes though it should not. */
export function Confirm({
  request,
  needsForce,
  force,
}: {
  request: ProvisioningRequest;
  /** It goes by force or not at all. */
  needsForce: boolean;
  force: Allowance | undefined;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const { id, name, spec, allowances } = request;
  const [typed, setTyped] = useState('');
  const [forces, setForces] = useState(false);
  const [purges, setPurges] = useState(false);
  const mayPurge =
    spec.repository.host === 'github' &&
    allowances.some(({ action, allowed }) => action === 'purge' && allowed);
  const destroy = useCommand(api =>
    api.destroy({
      id,
      body: { confirm: typed.trim(), force: forces, purge: purges },
    }),
  );
  const isReady = typed.trim() === name && (!needsForce || forces);

  const send = async () => {
    try {
      await destroy.mutateAsync(undefined);
    } catch {
      return; // `Refused` below says why.
    }
    const href = paths.request(id);
    if (href) navigate(href);
  };

  return (
    <Section title={t('destroy.confirm')}>
      <form
        className={`${layout.fields} ${layout.narrow}`}
        noValidate
        onSubmit={event => {
          event.preventDefault();
          if (isReady) send();
        }}
      >
        {needsForce && force && !force.allowed ? (
          <WhyNotText allowance={force} />
        ) : null}
        {needsForce && force?.allowed ? (
          <Checkbox isSelected={forces} onChange={setForces}>
            {t('destroy.force')}
          </Checkbox>
        ) : null}
        {mayPurge ? (
          <Checkbox isSelected={purges} onChange={setPurges}>
            {t('destroy.purge')}
          </Checkbox>
        ) : null}
        <TextField
          label={t('destroy.type', { name })}
          description={t('destroy.typeText')}
          value={typed}
          maxLength={100}
          autoComplete="off"
          spellCheck="false"
          onChange={setTyped}
        />
        <Refused error={destroy.error} title={t('destroy.failed')} />
        <div>
          <Button
            type="submit"
            variant="primary"
            destructive
            iconStart={<RiDeleteBin6Line aria-hidden />}
            isDisabled={!isReady}
            isPending={destroy.isPending}
          >
            {t('destroy.do', { name })}
          </Button>
        </div>
      </form>
    </Section>
  );
}
