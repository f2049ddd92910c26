import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextField } from '@backstage/ui';
import {
  commitSchema,
  type ProvisioningRequest,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  RiArrowGoBackLine,
  RiDeleteBin6Line,
  RiEdit2Line,
  RiPlayLine,
  RiRocketLine,
  RiRestartLine,
  RiStopLine,
} from '@remixicon/react';
import { layout } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { ActionButton, ActionDialog, Refused } from '../access';
import { usePaths } from '../paths';
import { commandsOf } from './commandsOf';
import styles from './request.module.css';

/** What can be done with a request now, in the order people need it. */
export function Actions({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const { id, allowances } = request;
  const offers = commandsOf(request);
  const retry = useCommand(api => api.retry({ id, body: {} }));
  const start = useCommand(api => api.start({ id, body: {} }));
  const stop = useCommand(api => api.stop({ id, body: {} }));
  const rollback = useCommand(api => api.rollback({ id, body: {} }));
  const error = [retry, start, stop].find(each => each.error)?.error;
  return (
    <div className={layout.stack}>
      <div className={styles.bar} role="group" aria-label={t('action.all')}>
        {offers.retry ? (
          <ActionButton
            allowances={allowances}
            action="retry"
            label={t('action.retry')}
            variant="primary"
            icon={<RiRestartLine aria-hidden />}
            isPending={retry.isPending}
            onPress={() => retry.mutate(undefined)}
          />
        ) : null}
        {offers.start ? (
          <ActionButton
            allowances={allowances}
            action="start"
            label={t('action.start')}
            variant="primary"
            icon={<RiPlayLine aria-hidden />}
            isPending={start.isPending}
            onPress={() => start.mutate(undefined)}
          />
        ) : null}
        {offers.deploy ? <Deploy request={request} /> : null}
        {offers.rollback ? (
          <ActionDialog
            allowances={allowances}
            action="rollback"
            label={t('action.rollback')}
            icon={<RiArrowGoBackLine aria-hidden />}
            confirm={t('action.rollbackDo')}
            isPending={rollback.isPending}
            error={rollback.error}
            onConfirm={() => rollback.mutateAsync(undefined)}
            onReset={rollback.reset}
          >
            <p>{t('action.rollbackPrevious')}</p>
            <p className={layout.quiet}>{t('action.rollbackData')}</p>
          </ActionDialog>
        ) : null}
        {offers.stop ? (
          <ActionButton
            allowances={allowances}
            action="stop"
            label={t('action.stop')}
            icon={<RiStopLine aria-hidden />}
            isPending={stop.isPending}
            onPress={() => stop.mutate(undefined)}
          />
        ) : null}
        {offers.update ? (
          <ActionButton
            allowances={allowances}
            action="update"
            label={t('action.update')}
            icon={<RiEdit2Line aria-hidden />}
            href={paths.update(id)}
          />
        ) : null}
        {offers.destroy ? (
          <ActionButton
            allowances={allowances}
            action="destroy"
            label={t('action.destroy')}
            variant="tertiary"
            icon={<RiDeleteBin6Line aria-hidden />}
            href={paths.destroy(id)}
          />
        ) : null}
      </div>
      <Refused error={error} />
    </div>
  );
}

function Deploy({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id, allowances } = request;
  const [commit, setCommit] = useState('');
  const typed = commit.trim();
  const isWrong = typed !== '' && !commitSchema.safeParse(typed).success;
  const deploy = useCommand(api =>
    api.deploy({ id, body: typed ? { commit: typed } : {} }),
  );
  return (
    <ActionDialog
      allowances={allowances}
      action="deploy"
      label={t('action.deploy')}
      icon={<RiRocketLine aria-hidden />}
      confirm={t('action.deployDo')}
      isIncomplete={isWrong}
      isPending={deploy.isPending}
      error={deploy.error}
      onConfirm={() => deploy.mutateAsync(undefined)}
      onReset={() => {
        deploy.reset();
        setCommit('');
      }}
    >
      <p>{t('action.deployText')}</p>
      <TextField
        label={t('action.commit')}
        description={t('action.commitText')}
        value={commit}
        maxLength={64}
        isInvalid={isWrong}
        validationBehavior="aria"
        onChange={setCommit}
      />
      {isWrong ? (
        <p role="alert" className={layout.invalid}>
          {t('action.commitWrong')}
        </p>
      ) : null}
    </ActionDialog>
  );
}
