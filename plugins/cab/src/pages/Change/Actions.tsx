import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Text } from '@backstage/ui';
import { STATE_SETS, type Change } from '@fawkes/backstage-plugin-cab-common';
import { SaidText } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { useCommand, useMe } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import { ReasonAction } from './ReasonAction';

/** What the person may do with it besides deciding; nothing where that is nothing. */
export function Actions({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const me = useMe();
  const { mine, id, revision } = change;
  const submit = useCommand(api =>
    api.submitChange({ id, body: { revision } }),
  );
  const edit = usePaths().edit(id);
  const isWaitingForMe =
    change.submitter === me &&
    [...STATE_SETS.before, ...STATE_SETS.parked].some(
      state => state === change.state,
    );
  return (
    <div className={layout.stack}>
      {isWaitingForMe && mine.submit ? (
        <Text as="p" variant="body-medium">
          <SaidText said={mine.submit} />.
        </Text>
      ) : null}
      <div className={layout.row}>
        {mine.submit === null ? (
          <Button
            variant="primary"
            isPending={submit.isPending}
            onPress={() => submit.mutate(undefined)}
          >
            {t('change.submit')}
          </Button>
        ) : null}
        {mine.edit === null && edit ? (
          <ButtonLink variant="secondary" href={edit}>
            {t('change.edit')}
          </ButtonLink>
        ) : null}
        {mine.withdraw === null ? (
          <ReasonAction
            label={t('change.withdraw')}
            explanation={t('change.withdrawText')}
            errorTitle={t('change.withdrawFailed')}
            send={(api, reason) => api.withdrawChange({ id, body: { reason } })}
          />
        ) : null}
        {mine.revoke === null ? (
          <ReasonAction
            label={t('change.revoke')}
            explanation={t('change.revokeText')}
            errorTitle={t('change.revokeFailed')}
            send={(api, reason) => api.revoke({ id, body: { reason } })}
          />
        ) : null}
        {mine.review === null ? (
          <ReasonAction
            label={t('change.review')}
            explanation={t('change.reviewText')}
            errorTitle={t('change.reviewFailed')}
            send={(api, reason) => api.reviewChange({ id, body: { reason } })}
          />
        ) : null}
      </div>
      {submit.error ? (
        <ErrorState title={t('change.submitFailed')} error={submit.error} />
      ) : null}
    </div>
  );
}
