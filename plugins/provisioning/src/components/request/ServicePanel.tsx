import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { ExternalLink, Instant, Section } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import shared from '../shared.module.css';
import { SaidText, ServiceStateLabel } from '../words';
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
  const { service } = request;
  const { state, reason, since, address, release, isolation } = service;
  return (
    <div className={styles.panel}>
      <Section title={t('service.title')}>
        {state === 'none' ? (
          <p>{t(`service.${whyNone(request)}`)}</p>
        ) : (
          <div className={shared.stack}>
            <div className={shared.row}>
              <ServiceStateLabel service={service} />
              {since ? (
                <span className={shared.small}>
                  {t('service.since')} <Instant at={since} />
                </span>
              ) : null}
            </div>
            {reason ? <p>{t(`stop.${reason}`)}</p> : null}
            {address ? (
              <p className={styles.address}>
                {state === 'stopped' ? (
                  <span className={shared.quiet}>
                    {t('service.addressLater', { address })}
                  </span>
                ) : (
                  <ExternalLink href={address}>{address}</ExternalLink>
                )}
              </p>
            ) : null}
            {release ? (
              <p className={shared.small} title={release}>
                {t('service.release', { release: release.slice(0, 12) })}
              </p>
            ) : null}
            {isolation ? (
              <p className={shared.small}>
                <SaidText said={isolation} />
              </p>
            ) : null}
          </div>
        )}
      </Section>
    </div>
  );
}
