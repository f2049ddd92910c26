export * from './exceptions';
export * from './waivers';
