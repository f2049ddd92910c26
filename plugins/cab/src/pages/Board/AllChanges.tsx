import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Select } from '@backstage/ui';
import { useUrlState } from '@fawkes/kit-ui/filters';
import {
  EmptyState,
  isNotInstalled,
  TableSkeleton,
} from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { MorePages } from '@fawkes/kit-ui/query';
import { Answer } from '../../components/installed';
import { ChangeList } from '../../components/list';
import { useChanges, useMe } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import {
  BOARD_DEFAULTS,
  boardViewSchema,
  PHASES,
  queryOf,
  type BoardView,
} from './boardView';

/** Every change one may see, by phase and by who asked. */
export function AllChanges() {
  const { t } = useTranslationRef(cabTranslationRef);
  const { params, setParams } = useUrlState(boardViewSchema, BOARD_DEFAULTS, {
    bucket: 'cab.view',
    key: 'board',
  });
  const me = useMe();
  const query = useChanges(queryOf(params, me));
  const isFiltered = params.phase !== 'any' || params.whose !== 'all';
  if (isNotInstalled(query.error)) return null;
  return (
    <Section title={t('board.all')}>
      <div className={layout.row} role="group" aria-label={t('board.filter')}>
        <Select
          label={t('board.phase')}
          options={PHASES.map(id => ({ id, label: t(`board.phase.${id}`) }))}
          value={params.phase}
          onChange={key => setParams({ phase: key as BoardView['phase'] })}
        />
        <Select
          label={t('board.whose')}
          options={(['all', 'mine'] as const).map(id => ({
            id,
            label: t(`board.whose.${id}`),
          }))}
          value={params.whose}
          onChange={key => setParams({ whose: key as BoardView['whose'] })}
        />
      </div>
      <Answer
        query={query}
        skeleton={<TableSkeleton rows={6} label={t('state.loading')} />}
        errorTitle={t('list.loadFailed')}
        asOf={({ asOf }) => asOf}
        dims
      >
        {({ items }) =>
          items.length > 0 ? (
            <div className={layout.stack}>
              <ChangeList changes={items} isStale={query.isPlaceholderData} />
              <MorePages query={query} label={t('state.more')} />
            </div>
          ) : (
            <EmptyState
              title={t('board.empty')}
              description={t('board.emptyText')}
              actions={
                isFiltered ? (
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={() => setParams(BOARD_DEFAULTS)}
                  >
                    {t('board.clear')}
                  </Button>
                ) : undefined
              }
            />
          )
        }
      </Answer>
    </Section>
  );
}
