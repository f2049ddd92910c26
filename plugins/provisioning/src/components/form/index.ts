export * from './Cards';
export * from './draft';
export * from './NameField';
export * from './OwnerField';
export * from './RepositoryFields';
export * from './SpecFields';
export * from './useFaultWords';
export * from './useKeptDraft';
