import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  databaseAnswers,
  familyServices,
  serveFamily,
} from '@fawkes/kit-backend/http';
import {
  defineTable,
  openDatabase,
  page,
  type RowOf,
} from '@fawkes/kit-backend/sql';
import { notesPermissions, notesRoutes, type Note } from './contract';

/** In a family of its own: `<family>-backend`. */
export const MIGRATIONS = join(__dirname, '..', 'migrations');
export const notes = defineTable({
  name: 'notes',
  columns: { id: 'text', title: 'text', at: 'double' },
  keys: ['id'],
});

export const notesPlugin = createBackendPlugin({
  pluginId: 'notes',
  register(env) {
    env.registerInit({
      deps: { ...familyServices, database: coreServices.database },
      async init({ database, ...services }) {
        const db = await openDatabase(database, MIGRATIONS);
        services.readiness.add('the database of notes', databaseAnswers(db));
        services.permissionsRegistry.addPermissions(notesPermissions);
        serveFamily(services, notesRoutes, {
          getNotes: async ({ query }) => {
            const by = { at: 'at', key: 'id' } as const;
            const found = await page(db('notes'), notes, by, query);
            return {
              items: found.rows.map(toNote),
              nextCursor: found.nextCursor,
            };
          },
          addNote: async ({ body: { title } }) => {
            const row = { id: randomUUID(), title, at: Date.now() };
            await db('notes').insert(row);
            return toNote(row);
          },
        });
      },
    });
  },
});

function toNote({ at, ...row }: RowOf<typeof notes>): Note {
  return { ...row, at: new Date(at).toISOString() };
}
