export { EvidenceSection } from './EvidenceSection';
