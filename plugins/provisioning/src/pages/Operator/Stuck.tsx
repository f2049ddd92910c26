import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  requestStateSchema,
  type OperatorResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { Instant, layout, MaybeLink, Section } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { RequestStateLabel, SaidText } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';
import { ByHand } from './ByHand';

/** Runs that do not move, and requests that need a person, with what to do by hand. */
export function Stuck({ stuck }: { stuck: OperatorResponse['stuck'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  return (
    <Section title={t('operator.stuck')} description={t('operator.stuckText')}>
      {stuck.length === 0 ? (
        <p>{t('operator.noStuck')}</p>
      ) : (
        <ul className={layout.items} aria-label={t('operator.stuck')}>
          {stuck.map(each => (
            <li key={each.id} className={layout.item}>
              <span className={layout.spread}>
                <MaybeLink href={paths.request(each.id)}>{each.name}</MaybeLink>
                <State state={each.state} />
              </span>
              <span>
                <SaidText said={each.reason} />
              </span>
              <ByHand items={each.byHand} />
              <span className={layout.small}>
                <EntityName entityRef={each.owner} /> · {t('operator.since')}{' '}
                <Instant at={each.since} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function State({ state }: { state: string }) {
  const known = requestStateSchema.safeParse(state);
  return known.success ? (
    <RequestStateLabel state={known.data} />
  ) : (
    <span>{state}</span>
  );
}
