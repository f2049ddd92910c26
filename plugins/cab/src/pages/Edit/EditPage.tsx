import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Container, Header, Text } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { SaidText } from '@fawkes/kit-ui/query';
import { ErrorState, PageSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import {
  draftOfChange,
  faultsOf,
  planOf,
  PlanFields,
  useFirstFault,
} from '../../components/plan';
import { useChange, useCommand } from '../../hooks';
import { cabTranslationRef } from '../../translation';

/** Another revision of a change request, for who asked for it. */
export function EditPage() {
  const { t } = useTranslationRef(cabTranslationRef);
  const { id = '' } = useParams();
  return (
    <Answer
      query={useChange(id)}
      skeleton={<PageSkeleton label={t('state.loading')} />}
      errorTitle={t('change.loadFailed')}
      frame={Container}
    >
      {change => <Edit change={change} />}
    </Answer>
  );
}

function Edit({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const href = paths.change(change.id);
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('list.title'), href: paths.home() },
            { label: change.title, href },
          ]}
        />
      </Container>
      <Header title={t('form.editTitle')} />
      <Container>
        <div className={layout.page}>
          {change.mine.edit ? (
            <Alert
              status="info"
              icon
              title={<SaidText said={change.mine.edit} />}
            />
          ) : (
            // What somebody types is about the revision they began with.
            <EditForm change={change} />
          )}
        </div>
      </Container>
    </>
  );
}

function EditForm({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [began] = useState(change);
  const [draft, setDraft] = useState(() => draftOfChange(change));
  const { form, tried, onFault } = useFirstFault();
  const edit = useCommand(
    (api, plan: ReturnType<typeof planOf>) =>
      api.editChange({
        id: began.id,
        body: { ...plan, revision: began.revision },
      }),
    ({ id }) => {
      const href = paths.change(id);
      if (href) navigate(href);
    },
  );
  const faults = faultsOf(draft, false);
  return (
    <form
      ref={form}
      className={`${layout.fields} ${layout.narrow}`}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (faults.length > 0) {
          onFault();
          return;
        }
        edit.mutate(planOf(draft));
      }}
    >
      <Text as="p" variant="body-medium" color="secondary">
        {t('form.editText')}
      </Text>
      <PlanFields
        draft={draft}
        faults={tried ? faults : []}
        onChange={patch => setDraft(now => ({ ...now, ...patch }))}
      />
      {edit.error ? (
        <ErrorState title={t('form.saveFailed')} error={edit.error} />
      ) : null}
      <div>
        <Button type="submit" variant="primary" isPending={edit.isPending}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  );
}
