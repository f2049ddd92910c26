import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type {
  ProvisioningRequest,
  RequestAction,
} from '@fawkes/backstage-plugin-provisioning-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { layout, Section, StateLabel } from '@fawkes/kit-ui/values';
import { RiShareForwardLine } from '@remixicon/react';
import { useState } from 'react';
import { ActionDialog } from '../../components/access';
import { commandsOf } from '../../components/request';
import { SaidText } from '../../components/words';
import { useAllGroups, useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { Forget } from './Forget';

/** What there is no talk of before there is something to do it with. */
const RARE = ['attic', 'forget', 'retry'] as const;
const isRare = (action: RequestAction): action is (typeof RARE)[number] =>
  RARE.some(rare => rare === action);

/** Who may do what with it, why not you, and handing it over. */
export function Access({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const offers = commandsOf(request);
  const concerns = (action: RequestAction) =>
    action === 'accept_transfer'
      ? request.pendingOwner !== null
      : !isRare(action) || offers[action];
  return (
    <>
      <Section title={t('access.title')} description={t('access.text')}>
        <ul className={layout.rows} aria-label={t('access.title')}>
          {request.allowances
            .filter(({ action }) => concerns(action))
            .map(({ action, allowed, reason, who }) => (
              <li key={action}>
                <span className={layout.spread}>
                  <span>{t(`access.action.${action}`)}</span>
                  <StateLabel tone={allowed ? 'good' : 'over'}>
                    {t(allowed ? 'access.yes' : 'access.no')}
                  </StateLabel>
                </span>
                <span className={layout.small}>
                  <SaidText said={who} />
                  {reason ? (
                    <>
                      {' · '}
                      <SaidText said={reason} />
                    </>
                  ) : null}
                </span>
              </li>
            ))}
        </ul>
      </Section>
      {offers.transfer ? <Transfer request={request} /> : null}
      {offers.forget ? <Forget request={request} /> : null}
    </>
  );
}

function Transfer({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id, owner, allowances } = request;
  const [to, setTo] = useState('');
  const groups = useAllGroups(true);
  const others = (groups.data ?? []).filter(ref => ref !== owner);
  const titleOf = useEntityTitles(others);
  const offer = useCommand(api => api.transfer({ id, body: { to } }));
  return (
    <Section title={t('transfer.title')} description={t('transfer.text')}>
      <div>
        <ActionDialog
          allowances={allowances}
          action="transfer"
          label={t('transfer.offer')}
          icon={<RiShareForwardLine aria-hidden />}
          confirm={t('transfer.offerDo')}
          isIncomplete={to === ''}
          isPending={offer.isPending}
          error={offer.error ?? groups.error}
          onConfirm={() => offer.mutateAsync(undefined)}
          onReset={() => {
            offer.reset();
            setTo('');
          }}
        >
          <p>{t('transfer.offerText')}</p>
          <Select
            label={t('transfer.to')}
            isRequired
            secondaryLabel={t('form.required')}
            placeholder={t('form.choose')}
            search={{ placeholder: t('form.find') }}
            options={others.map(ref => ({ id: ref, label: titleOf(ref) }))}
            value={to || null}
            onChange={key => setTo(String(key))}
          />
        </ActionDialog>
      </div>
    </Section>
  );
}
