import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { BesidePage } from '../../components/BesidePage';
import { useTeams } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import { TeamSection } from './TeamSection';

/** Teams of the person: sums, and for who leads one what each has done. */
export function TeamsPage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <BesidePage title={t('teams.title')} description={t('teams.description')}>
      <Loaded
        query={useTeams()}
        skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
        errorTitle={t('teams.failed')}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('teams.none')}
              description={t('teams.noneText')}
            />
          ) : (
            <div className={layout.page}>
              {items.map(team => (
                <TeamSection key={team.group} team={team} />
              ))}
            </div>
          )
        }
      </Loaded>
    </BesidePage>
  );
}
