export { developmentSignInModule as default } from './module';
