/** Bytes of their Base64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}

/** Gives the person a file to keep. */
export function saveBytes(fileName: string, base64: string): void {
  const blob = new Blob([bytesOf(base64)], {
    type: 'application/octet-stream',
  });
  const href = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = href;
  link.download = fileName;
  link.click();
  // The browser has to have taken it first.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
