export * from './pins';
export * from './readTemplate';
export * from './values';
export * from './renderService';
export * from './readTree';
