import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { CopyBlock, Instant, layout, Section } from '@fawkes/kit-ui/values';
import { RiKey2Line } from '@remixicon/react';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { Refused, WhyNot } from '../access';
import { Links } from '../effects';
import styles from './request.module.css';

const useGitToken = (request: string) =>
  useCommand(api => api.makeGitToken({ body: { request } }));

/** How one gets at the code: the command, and a password that is shown once. */
export function CodePanel({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const making = useGitToken(request.id);
  const clone = request.links.find(({ kind }) => kind === 'clone');
  const others = request.links.filter(({ kind }) =>
    ['repository', 'pull-request', 'pipeline', 'docs'].includes(kind),
  );
  if (!clone && others.length === 0) return null;
  const token = request.spec.repository.host === 'local' ? making : undefined;
  return (
    <div className={styles.panel}>
      <Section title={t('code.title')}>
        <Links links={others} />
        {clone ? (
          <CopyBlock
            label={t('code.clone')}
            text={`git clone ${addressFor(clone.target, token?.data?.user)}`}
          />
        ) : null}
        {clone && token ? <Token request={request} making={token} /> : null}
      </Section>
    </div>
  );
}

/** With the name in it, git asks for the password only. */
function addressFor(target: string, user: string | undefined): string {
  if (!user) return target;
  const url = new URL(target);
  url.username = user;
  return url.href;
}

function Token({
  request,
  making,
}: {
  request: ProvisioningRequest;
  making: ReturnType<typeof useGitToken>;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const pull = request.allowances.find(({ action }) => action === 'pull');
  if (!pull) return null;
  if (!pull.allowed) {
    return (
      <div>
        <WhyNot allowance={pull} label={t('code.token')} />
      </div>
    );
  }
  const { data } = making;
  return (
    <div className={layout.stack}>
      <p className={layout.small}>{t('code.tokenText')}</p>
      <div>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiKey2Line aria-hidden />}
          isPending={making.isPending}
          onPress={() => making.mutate(undefined)}
        >
          {data ? t('code.tokenAgain') : t('code.token')}
        </Button>
      </div>
      <Refused error={making.error} title={t('code.tokenFailed')} />
      <div role="status" className={layout.stack}>
        {data ? (
          <>
            <p>
              <strong>{t('code.once')}</strong>{' '}
              {t(data.push ? 'code.push' : 'code.pull')} {t('code.until')}{' '}
              <Instant at={data.expiresAt} />.
            </p>
            {(
              [
                ['user', data.user],
                ['password', data.token],
              ] as const
            ).map(([what, text]) => (
              <div key={what} className={layout.tight}>
                <span className={layout.small}>{t(`code.${what}`)}</span>
                <CopyBlock label={t(`code.${what}`)} text={text} />
              </div>
            ))}
          </>
        ) : null}
      </div>
    </div>
  );
}
