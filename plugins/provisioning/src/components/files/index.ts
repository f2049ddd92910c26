export * from './DiffText';
export * from './FileBrowser';
export * from './formatBytes';
