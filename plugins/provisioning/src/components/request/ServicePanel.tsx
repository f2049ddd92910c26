import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import {
  ExternalLink,
  Instant,
  layout,
  MaybeLink,
  Section,
} from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import { usePaths } from '../paths';
import { IsolationText, ServiceStateLabel } from '../words';
import styles from './request.module.css';

/** Why there is none: it never will be, not here, or not yet. */
function whyNone({ spec, run }: ProvisioningRequest) {
  if (spec.type === 'library') return 'library';
  if (spec.repository.host !== 'local') return 'notHere';
  return run.state === 'running' && run.kind !== 'destroy' ? 'soon' : 'not';
}

/** The running service: how it is, where people reach it, what it can reach. */
export function ServicePanel({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const releases = usePaths().request(request.id, 'releases');
  const { service } = request;
  const { state, reason, since, address, release, isolation } = service;
  return (
    <div className={styles.panel}>
      <Section title={t('service.title')}>
        {state === 'none' ? (
          <p>{t(`service.${whyNone(request)}`)}</p>
        ) : (
          <div className={layout.stack}>
            <div className={layout.row}>
              <ServiceStateLabel service={service} />
              {since ? (
                <span className={layout.small}>
                  {t('service.since')} <Instant at={since} />
                </span>
              ) : null}
            </div>
            {reason ? <p>{t(`stop.${reason}`)}</p> : null}
            {address ? (
              <p className={styles.address}>
                {state === 'stopped' ? (
                  <span className={layout.quiet}>
                    {t('service.addressLater', { address })}
                  </span>
                ) : (
                  <ExternalLink href={address}>{address}</ExternalLink>
                )}
              </p>
            ) : null}
            {release ? (
              <p className={layout.small} title={release}>
                <MaybeLink href={releases}>
                  {t('service.release', { release: release.slice(0, 12) })}
                </MaybeLink>
              </p>
            ) : null}
            {isolation ? (
              <IsolationText
                sandboxed={isolation.code === 'sandbox.bubblewrap'}
                words={isolation}
              />
            ) : null}
          </div>
        )}
      </Section>
    </div>
  );
}
