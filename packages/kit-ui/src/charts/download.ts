/** Hands a text to the browser as a file. @public */
export function downloadText(
  fileName: string,
  text: string,
  mediaType: 'text/csv' | 'application/json',
): void {
  downloadBlob(
    fileName,
    new Blob([text], { type: `${mediaType};charset=utf-8` }),
  );
}

/** Hands bytes to the browser as a file. @public */
export function downloadBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  URL.revokeObjectURL(url);
}
