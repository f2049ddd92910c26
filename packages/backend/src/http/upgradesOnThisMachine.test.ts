import { mockServices } from '@backstage/backend-test-utils';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { upgradesOnThisMachine } from './onThisMachine';

const config = mockServices.rootConfig({
  data: {
    app: { baseUrl: 'http://localhost:3000' },
    backend: { baseUrl: 'http://localhost:7007' },
  },
});

/** A server as a plugin with WebSockets makes one: it listens from the first that asks on. */
async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    server.on('upgrade', (_, socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    );
    response.end(request.headers.upgrade);
  });
  upgradesOnThisMachine(server, config);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** The first line of the answer. */
async function upgrade(port: number, headers: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const lines = [
    'GET /api/signals HTTP/1.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    ...headers,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer).split('\r\n')[0];
}

describe('upgradesOnThisMachine', () => {
  it('leaves the first upgrade to the routes, and refuses foreign ones from then on', async () => {
    const { server, port } = await listen();
    try {
      // Nobody listens yet, so it is a request like any other.
      expect(await upgrade(port, ['Host: localhost'])).toBe('HTTP/1.1 200 OK');

      expect(
        await upgrade(port, [
          'Host: localhost',
          'Origin: http://localhost:3000',
        ]),
      ).toBe('HTTP/1.1 101 Switching Protocols');
      expect(await upgrade(port, ['Host: evil.example'])).toBe(
        'HTTP/1.1 403 Forbidden',
      );
      expect(
        await upgrade(port, [
          'Host: localhost',
          'Origin: https://evil.example',
        ]),
      ).toBe('HTTP/1.1 403 Forbidden');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
