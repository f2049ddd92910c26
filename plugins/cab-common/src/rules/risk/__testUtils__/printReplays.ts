/** Prints every frozen vector's replay, for a process with another zone and locale. */
import vectors from '../__fixtures__/vectors-1.0.0.json';
import { replay } from '../score';
import { bodyOf } from './inputs';

for (const { facts } of vectors) {
  process.stdout.write(`${JSON.stringify(replay(bodyOf(facts as never)))}\n`);
}
