import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import type { DeploymentResponse } from '@fawkes/backstage-plugin-delivery-common';
import { ExternalLink, Instant, MaybeLink } from '@fawkes/kit-ui/values';
import { WayBack } from '@fawkes/kit-ui/states';
import {
  FactBadges,
  instantOf,
  nameOf,
  OutcomeLabel,
  usePaths,
} from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';

/** Version, environment, outcome, when, and by which run. */
export function DeploymentHeader({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const { deployment, artifact, repositories } = data;
  const at = instantOf(deployment);
  const service = paths.entity(deployment.service, '/delivery');
  const metadata = [
    {
      label: t('fact.column.service'),
      value: <MaybeLink href={service}>{deployment.serviceTitle}</MaybeLink>,
    },
    { label: t('fact.column.environment'), value: deployment.environment },
    {
      label: t('fact.column.outcome'),
      value: (
        <>
          <OutcomeLabel deployment={deployment} />{' '}
          <FactBadges deployment={deployment} />
        </>
      ),
    },
    {
      label: t(deployment.finishedAt ? 'fact.finished' : 'fact.started'),
      value: at ? <Instant at={at} /> : t('fact.unknown'),
    },
    {
      label: t('fact.run'),
      value: (
        <>
          <ExternalLink href={deployment.url}>{deployment.id}</ExternalLink> (
          {deployment.source})
        </>
      ),
    },
    ...repositories.map(({ repository, sha }) => ({
      label: t('fact.repository'),
      value: sha ? `${repository} @ ${sha.slice(0, 10)}` : repository,
    })),
    ...(artifact ? [{ label: t('fact.artifact'), value: artifact }] : []),
  ];
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('page.title'), href: paths.home() },
            { label: deployment.serviceTitle, href: service },
          ]}
        />
      </Container>
      <Header
        title={t('fact.deployment.title', {
          name: nameOf(deployment),
          environment: deployment.environment,
        })}
        metadata={metadata}
      />
    </>
  );
}
