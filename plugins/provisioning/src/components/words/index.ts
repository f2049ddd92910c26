export * from './Cost';
export * from './labels';
export * from './SaidList';
export * from './SaidText';
export * from './StateLabel';
