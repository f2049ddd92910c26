import { nextShapes, outgrows } from '@internal/hostile-text';
import type { z } from 'zod';
import { resolveWindow } from '../metrics';
import {
  deploymentsQuerySchema,
  incidentsQuerySchema,
  markBodySchema,
  metricsByQuerySchema,
  metricsQuerySchema,
  qualityQuerySchema,
  rejectedQuerySchema,
  replayBodySchema,
} from './queries';

/** A request line has 16 KiB at most, a body of these routes 256 KiB. */
const LONGEST = process.env.FAWKES_RUNS ? 262_144 : 16_384;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

const SCHEMAS = {
  deploymentsQuerySchema,
  incidentsQuerySchema,
  markBodySchema,
  metricsByQuerySchema,
  metricsQuerySchema,
  qualityQuerySchema,
  rejectedQuerySchema,
  replayBodySchema,
};

/** Parameters of several routes have one schema, so each is tried once. */
const parameters = [
  ...new Map(
    Object.values(SCHEMAS).flatMap(({ shape }) =>
      Object.entries<z.ZodType>(shape),
    ),
  ),
];

function slowOnes(run: (text: string) => void): string[] {
  return nextShapes().flatMap(shape => outgrows(run, shape, LONGEST) ?? []);
}

describe('a parameter takes time in proportion to its length:', () => {
  it.each(parameters)('%s', (_, schema) => {
    expect(slowOnes(text => schema.safeParse(text))).toEqual([]);
    expect(slowOnes(text => schema.safeParse([text]))).toEqual([]);
  });

  it('a start that nothing has looked at before', () => {
    const resolve = (from: string) => {
      try {
        resolveWindow({ from, tz: 'UTC', now: 0 });
      } catch (error) {
        // Which instants are refused is told elsewhere.
        if (!(error instanceof Error)) throw error;
      }
    };
    expect(slowOnes(resolve)).toEqual([]);
  });
});
