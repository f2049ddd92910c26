export * from './client';
export * from './fakeClient';
export * from './openApi';
export * from './route';
