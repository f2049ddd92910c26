export { markdownTechdocsModule as default } from './module';
