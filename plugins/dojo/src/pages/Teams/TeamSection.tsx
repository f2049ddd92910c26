import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Team, TeamFigures } from '@fawkes/backstage-plugin-dojo-common';
import { EntityName, useEntityTitles } from '@fawkes/kit-ui/query';
import { layout, Section, useFormat } from '@fawkes/kit-ui/values';
import { dojoTranslationRef } from '../../translation';
import { LookAtEach } from './LookAtEach';

/** What is said of one team, and why nothing is where nothing is. */
export function TeamSection({ team }: { team: Team }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const format = useFormat();
  const titleOf = useEntityTitles([team.group]);
  const { figures, hidden, leads, shown } = team;
  return (
    <Section
      title={titleOf(team.group)}
      description={
        figures
          ? t('teams.asOf', { day: format.day(figures.asOf) })
          : t(`teams.why.${hidden ?? 'later'}`)
      }
    >
      {figures ? <Figures figures={figures} /> : null}
      {shown.length > 0 ? (
        <div className={layout.tight}>
          <Text as="h4" variant="body-medium" weight="bold">
            {t('teams.shown')}
          </Text>
          <ul className={layout.points}>
            {shown.map(({ person, belts }) => (
              <li key={person}>
                <EntityName entityRef={person} />: {belts.join(', ')}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {leads ? <LookAtEach group={team.group} /> : null}
    </Section>
  );
}

function Figures({ figures }: { figures: TeamFigures }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const format = useFormat();
  const told = (people: number | null) =>
    people === null ? t('teams.handful') : format.count(people);
  return (
    <>
      <dl className={layout.facts}>
        <div>
          <dt>{t('teams.people')}</dt>
          <dd>{told(figures.people)}</dd>
        </div>
        <div>
          <dt>{t('teams.completions')}</dt>
          <dd>{format.count(figures.completions)}</dd>
        </div>
        {figures.belts.map(({ slug, title, people }) => (
          <div key={slug}>
            <dt>{t('teams.belt', { belt: title })}</dt>
            <dd>{told(people)}</dd>
          </div>
        ))}
        {figures.modules.map(({ slug, title, people }) => (
          <div key={slug}>
            <dt>{t('teams.module', { module: title })}</dt>
            <dd>{told(people)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
