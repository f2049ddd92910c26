import { createApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { ClientOf } from '@fawkes/kit-contract';
import { Loaded, QueryProvider, useQuery } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import { Instant } from '@fawkes/kit-ui/values';
import type { notesRoutes } from './contract';

/** In a family of its own: the frontend plugin, its texts in two languages. */
export const notesApiRef = createApiRef<ClientOf<typeof notesRoutes>>().with({
  id: 'plugin.notes.client',
  pluginId: 'notes',
});

export function NotesPage() {
  const api = useApi(notesApiRef);
  return (
    <QueryProvider owner={api}>
      <Notes api={api} />
    </QueryProvider>
  );
}

function Notes({ api }: { api: ClientOf<typeof notesRoutes> }) {
  const query = useQuery({
    queryKey: ['notes'],
    queryFn: ({ signal }) => api.getNotes({}, { signal }),
  });
  return (
    <Loaded
      query={query}
      skeleton={<TableSkeleton rows={3} label="Loading notes" />}
      errorTitle="The notes could not be loaded"
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="No notes yet" description="Write the first one." />
        ) : (
          items.map(({ id, title, at }) => (
            <p key={id}>
              {title} <Instant at={at} />
            </p>
          ))
        )
      }
    </Loaded>
  );
}
