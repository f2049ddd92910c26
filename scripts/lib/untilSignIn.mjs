import { Problem } from './problem.mjs';

const pollMs = 500;

/**
 * The token of a sample person, once the portal knows them: one that has just started is still reading its catalog.
 */
export async function tokenOnceKnown(url, person, withinMs = 180_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const response = await fetch(`${url}/api/auth/fawkes-dev/refresh`, {
      headers: { 'X-Fawkes-Dev-Person': person },
    });
    const answer = await response.text();
    if (response.ok) return JSON.parse(answer).backstageIdentity.token;
    if (Date.now() > deadline) {
      throw new Problem(`${person} cannot sign in at ${url}.`, [answer]);
    }
    await new Promise(resolve => setTimeout(resolve, pollMs));
  }
}
