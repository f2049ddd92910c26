/** How the search shortcut is written on this machine; nothing where there is no keyboard to press. */
export function shortcutHint(
  machine: Pick<Navigator, 'maxTouchPoints' | 'platform'>,
): string {
  if (machine.maxTouchPoints > 0) {
    return '';
  }
  return machine.platform.startsWith('Mac') ? ' (⌘K)' : ' (Ctrl+K)';
}
