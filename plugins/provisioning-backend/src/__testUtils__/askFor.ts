import type { Route } from '@fawkes/kit-contract';
import { SHOP } from './organisation';
import { bodyOf, type TestBackend } from './testBackend';

/** Values for what a route asks for: existing things, so that only who asks decides. */
export async function askFor(
  caller: TestBackend['me'],
  route: Route,
  of: string,
) {
  const path = route.path
    .replace(':id', of)
    .replace(':kind', 'service')
    .replace(':name', 'another');
  if (route.method === 'get') return caller.get(path);
  const bodies: Record<string, object> = {
    '/plan': await bodyOf('another'),
    '/gpu/validate': {
      fqdn: 'gpu-1.acme.test',
      arch: 'x86_64',
      environment: 'bare_metal',
      gpuGroups: [
        {
          vendor: 'nvidia',
          model: 'A30',
          count: 1,
          binding: 'host',
          sharing: 'none',
        },
      ],
    },
    '/requests': await bodyOf('shop'),
    '/requests/:id/merge': { revision: 2, head: 'a'.repeat(40) },
    '/requests/:id/destroy': { confirm: 'not the name' },
    '/requests/:id/forget': { reason: 'It shall stay' },
    '/requests/:id/transfer': { to: SHOP },
    '/git-token': { request: of },
    '/operator/pause': { paused: false, reason: 'It goes on' },
  };
  return caller.post(path, bodies[route.path] ?? {});
}
