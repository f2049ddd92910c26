import { contentJsonSchemas } from './jsonSchemas';

it('says the formats in their own types', () => {
  const schemas = contentJsonSchemas() as Record<string, any>;
  expect(Object.keys(schemas)).toEqual([
    'curriculum',
    'skills',
    'belt',
    'module',
    'lesson-head',
    'quiz',
    'exam',
    'lab',
    'ids-lock',
  ]);
  expect(schemas.quiz.properties.total.type).toEqual(['integer', 'string']);
  expect(schemas.quiz.properties.passPercent.type).toEqual([
    'number',
    'string',
  ]);
  expect(schemas.quiz.properties.gate).toEqual({ type: 'boolean' });
  expect(schemas.quiz.additionalProperties).toBe(false);
  expect(JSON.stringify(schemas.belt)).toContain('$ref');
});
