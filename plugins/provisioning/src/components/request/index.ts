export * from './Actions';
export * from './CodePanel';
export * from './commandsOf';
export * from './RunSection';
export * from './ServicePanel';
export * from './Things';
