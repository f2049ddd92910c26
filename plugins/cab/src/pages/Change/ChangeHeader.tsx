import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { WayBack } from '@fawkes/kit-ui/states';
import { Instant, MaybeLink } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import {
  ChangeStateLabel,
  EnvironmentName,
  RiskLabel,
  SampleMark,
} from '../../components/words';
import { cabTranslationRef } from '../../translation';
import own from './Change.module.css';

/** Who asked; nobody did for what only happened. */
function Asker({ submitter }: { submitter: string }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return submitter.startsWith('user:') ? (
    <EntityName entityRef={submitter} />
  ) : (
    <>{t('change.nobody')}</>
  );
}

/** What it is called, how it stands, what it is about and who asked. */
export function ChangeHeader({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const { entity } = change;
  const name = entity.title ?? entity.ref;
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('list.title'), href: paths.home() },
            { label: name, href: paths.entity(entity.ref, '/changes') },
          ]}
        />
      </Container>
      <Header
        title={change.title}
        metadata={[
          {
            label: t('list.column.state'),
            value: (
              <span className={own.state}>
                <ChangeStateLabel state={change.state} />
                {change.sample ? <SampleMark /> : null}
              </span>
            ),
          },
          {
            label: t('list.column.risk'),
            value: <RiskLabel score={change.score} route={change.route} />,
          },
          {
            label: t('list.column.entity'),
            value: (
              <MaybeLink href={paths.entity(entity.ref)}>{name}</MaybeLink>
            ),
          },
          {
            label: t('list.column.environment'),
            value: <EnvironmentName {...change} />,
          },
          {
            label: t('change.by'),
            value: <Asker submitter={change.submitter} />,
          },
          {
            label: t('list.column.created'),
            value: <Instant at={change.createdAt} />,
          },
        ]}
      />
    </>
  );
}
