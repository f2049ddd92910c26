import type { FastifyInstance } from 'fastify';
import { html, type Html } from './html.ts';

const TITLE = ${{ values.title | dump }};
const DESCRIPTION = ${{ values.description | dump }};

/** Nothing but what comes from here, and nobody may frame it. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

const STYLE = `body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
`;

function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="/style.css">
  </head>
  <body>
    <main>${content}</main>
  </body>
</html>
`.text;
}

/** A first page. Replace it by what this service is for. */
export function addPages(app: FastifyInstance): void {
  app.get('/', async (_request, reply) => {
    reply.headers(HEADERS).type('text/html; charset=utf-8');
    return page(TITLE, html`<h1>${TITLE}</h1><p>${DESCRIPTION}</p>`);
  });
  app.get('/style.css', async (_request, reply) => {
    reply.headers(HEADERS).type('text/css; charset=utf-8');
    return STYLE;
  });
}
