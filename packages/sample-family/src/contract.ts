import { createPermission } from '@backstage/plugin-permission-common';
import {
  defineRoute,
  isoSchema,
  pageShape,
  titleSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';

/** In a family of its own: `<family>-common`. */
const read = createPermission({ name: 'notes.read', attributes: {} });
const write = createPermission({ name: 'notes.write', attributes: {} });
export const notesPermissions = [read, write];

const note = z.object({ id: z.string(), title: z.string(), at: isoSchema });
export type Note = z.infer<typeof note>;

export const notesRoutes = {
  getNotes: defineRoute({
    method: 'get',
    path: '/notes',
    summary: 'Notes, newest first',
    query: z.strictObject(pageShape()),
    answer: z.object({
      items: z.array(note),
      nextCursor: z.string().nullable(),
    }),
    who: ['user', 'service'],
    needs: [read],
    audit: 'note',
  }),
  addNote: defineRoute({
    method: 'post',
    path: '/notes',
    summary: 'Add a note',
    body: z.strictObject({ title: titleSchema }),
    answer: note,
    status: 201,
    who: ['user'],
    needs: [write],
    audit: 'note',
    action: 'add',
  }),
};
