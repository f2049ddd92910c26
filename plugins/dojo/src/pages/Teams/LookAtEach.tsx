import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import type { TeamLook } from '@fawkes/backstage-plugin-dojo-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { ErrorState } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useLookAtTeam } from '../../hooks';
import { dojoTranslationRef } from '../../translation';

/** Shows a lead what each member has done; a press, since each press is told to them. */
export function LookAtEach({ group }: { group: string }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const look = useLookAtTeam();
  return (
    <div className={layout.stack}>
      <Text as="p">{t('look.text')}</Text>
      <div>
        <Button
          variant="secondary"
          isPending={look.isPending}
          onPress={() => look.mutate(group)}
        >
          {t('look.open')}
        </Button>
      </div>
      {look.isError ? (
        <ErrorState title={t('look.failed')} error={look.error} />
      ) : null}
      {look.data ? <Members look={look.data} /> : null}
    </div>
  );
}

function Members({ look }: { look: TeamLook }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const titlesOf = (
    all: ReadonlyArray<{ slug: string; title: string }>,
    own: readonly string[],
  ) =>
    all
      .filter(({ slug }) => own.includes(slug))
      .map(({ title }) => title)
      .join(', ') || t('look.notYet');
  return (
    <ul className={layout.rows} aria-label={t('look.members')}>
      {look.members.map(({ person, belts, modules }) => (
        <li key={person}>
          <strong>
            <EntityName entityRef={person} />
          </strong>
          <span>{t('look.belts', { belts: titlesOf(look.belts, belts) })}</span>
          <span>
            {t('look.modules', { modules: titlesOf(look.modules, modules) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
