import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../lib/problem.mjs';
import { tokenOnceKnown } from '../../lib/untilSignIn.mjs';

const ATTEMPTS = 7;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;

/** A running portal, as whoever the token stands for. */
export class Portal {
  constructor({ baseUrl, token, waitMs = FIRST_WAIT_MS }) {
    this.baseUrl = baseUrl;
    this.token = token;
    this.waitMs = waitMs;
    /** Whether it has answered anything yet. */
    this.reached = false;
  }

  /** The HTTP API of one of its plugins. */
  of(plugin) {
    return new PluginApi(this, plugin);
  }

  /** The same portal as a sample person, signed in through the development provider. */
  async as(person) {
    const { baseUrl, waitMs } = this;
    const token = await tokenOnceKnown(baseUrl, person);
    return new Portal({ baseUrl, token, waitMs });
  }
}

/** The HTTP API of a plugin: retries what may pass, explains what does not. */
class PluginApi {
  constructor(portal, plugin) {
    this.portal = portal;
    this.plugin = plugin;
  }

  async get(path) {
    return this.#call('GET', path);
  }

  async delete(path) {
    return this.#call('DELETE', path);
  }

  async post(path, body) {
    return this.#call('POST', path, body);
  }

  async #call(method, path, body) {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(method, path, body, attempt);
      if (answer.done) return answer.value;
      await sleep(answer.waitMs);
    }
  }

  async #once(method, path, body, attempt) {
    const { portal } = this;
    const backOff = Math.min(
      portal.waitMs * 2 ** (attempt - 1),
      LONGEST_WAIT_MS,
    );
    let response;
    let text;
    try {
      response = await fetch(`${portal.baseUrl}/api/${this.plugin}${path}`, {
        method,
        headers: {
          ...(portal.token && { authorization: `Bearer ${portal.token}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
        body,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      text = await response.text();
    } catch (error) {
      // Nobody there at all is worth no waiting; a connection that breaks later is.
      if (!portal.reached || attempt === ATTEMPTS) throw this.#absent(error);
      return { waitMs: backOff };
    }
    portal.reached = true;
    // Events that are all refused are answered with 400 and a result for each.
    const results = response.status === 400 && jsonOf(text)?.results;
    if (response.ok || results) {
      return { done: true, value: text ? this.#json(text) : undefined };
    }
    const passing = response.status === 429 || response.status >= 500;
    if (!passing || attempt === ATTEMPTS) {
      throw this.#refusal(method, path, response.status, text);
    }
    const asked = Number(response.headers.get('retry-after')) * 1000;
    return { waitMs: Math.min(asked || backOff, 60_000) };
  }

  #json(text) {
    const value = jsonOf(text);
    if (value !== undefined) return value;
    throw new Problem(`${this.portal.baseUrl} does not answer like a portal.`, [
      'Say where its backend is: --base-url http://localhost:7007',
    ]);
  }

  #absent(error) {
    const reason = error.cause?.code ?? error.cause?.message ?? error.message;
    return new Problem(
      `No portal answers at ${this.portal.baseUrl} (${reason}).`,
      [
        'Start it with: npm start',
        'Or say where its backend is: --base-url http://localhost:7007',
      ],
    );
  }

  #refusal(method, path, status, text) {
    const said = jsonOf(text)?.error?.message ?? text.slice(0, 300);
    const advice = {
      401: [
        'The token is not known there. Give it with --token, or in FAWKES_STORY_TOKEN.',
        'A portal for development takes the one under backend.auth.externalAccess in app-config.yaml.',
      ],
      403: [
        'The token is known, but may not do this.',
        `It needs accessRestrictions for the plugin \`${this.plugin}\` under backend.auth.externalAccess,`,
        'and the permission policy has to let its subject do this.',
      ],
      404: [
        `Is the ${this.plugin} backend installed, and is this the backend and not the frontend?`,
      ],
      413: ['A proxy in front of the portal may allow smaller requests only.'],
    };
    return new Problem(
      `The portal answered ${status} to ${method} /api/${this.plugin}${path}${
        said ? `: ${said}` : ''
      }`,
      advice[status] ?? ['The log of the backend says why.'],
    );
  }
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
