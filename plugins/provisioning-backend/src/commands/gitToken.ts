import type { GitTokenAnswer } from '@fawkes/backstage-plugin-provisioning-common';
import {
  conflict,
  keepsName,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { say } from '../words';
import { requestFor } from './inTurn';
import { refusal } from './refuse';

/** `POST /git-token`: a password for git, shown once. */
export async function makeGitToken(
  core: Core,
  asker: Asker,
  id: string,
): Promise<GitTokenAnswer> {
  const request = await requestFor(core, asker, id, 'pull');
  if (!keepsName(request.state)) throw refusal('WRONG_STATE', request);
  const host = request.host === 'local' ? core.localHost() : undefined;
  if (!host) {
    const words = say('host.local.absent');
    throw conflict('NOT_AVAILABLE', words.text, {
      state: request.state,
      details: { words },
    });
  }
  const push = (await asker.verdict('push', request)) === 'allowed';
  const token = await host.makeToken(asker.viewer.person(), id);
  return { ...token, push };
}
