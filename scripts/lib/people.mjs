import { readFile } from 'node:fs/promises';
import { fromRoot } from './paths.mjs';

/** The sample people of the development sign-in: `{ name, title, ref, why }`. */
export async function samplePeople(
  file = fromRoot('packages', 'backend', 'src', 'auth', 'people.json'),
) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** One line a person, in columns. */
export function listPeople(people) {
  const width = Math.max(...people.map(({ name }) => name.length), 0);
  return people.map(
    ({ name, title, why }) =>
      `${name.padEnd(width)}  ${title}${why ? ` – ${why}` : ''}`,
  );
}
