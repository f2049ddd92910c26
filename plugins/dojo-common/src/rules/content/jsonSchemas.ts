import { z } from 'zod';
import { jsonTypes } from './scalars';
import {
  beltFileSchema,
  curriculumFileSchema,
  examFileSchema,
  idsLockSchema,
  labFileSchema,
  lessonHeadSchema,
  moduleFileSchema,
  quizFileSchema,
  skillsFileSchema,
} from './schemas';

const SCHEMAS = {
  curriculum: curriculumFileSchema,
  skills: skillsFileSchema,
  belt: beltFileSchema,
  module: moduleFileSchema,
  'lesson-head': lessonHeadSchema,
  quiz: quizFileSchema,
  exam: examFileSchema,
  lab: labFileSchema,
  'ids-lock': idsLockSchema,
};

/**
 * The formats of a curriculum's files as JSON Schemas, for editors and others.
 * @public
 */
export function contentJsonSchemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, {
        override: ({ zodSchema, jsonSchema }) => {
          const own = jsonTypes.get(zodSchema);
          if (!own) return;
          for (const key of Object.keys(jsonSchema)) {
            delete (jsonSchema as Record<string, unknown>)[key];
          }
          Object.assign(jsonSchema, own);
        },
      }),
    ]),
  );
}
