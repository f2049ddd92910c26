import type { Page } from '@playwright/test';

/** Resolves once the page hears of new facts. Call it before the page is opened. */
export function untilListening(page: Page): Promise<void> {
  return new Promise(resolve => {
    page.on('websocket', socket =>
      socket.on('framesent', ({ payload }) => {
        if (String(payload).includes('delivery:services')) resolve();
      }),
    );
  });
}
